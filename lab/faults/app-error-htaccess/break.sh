# The application's folder was copied from another Apache with its .htaccess: a directive in it belongs to a module that is not enabled here, and Apache answers 500 to everything.
visitors
keep /etc/apache2/sites-enabled/000-default.conf
sed -i 's|^\([ \t]*\)Require all granted|\1AllowOverride All\n&|' /etc/apache2/sites-enabled/000-default.conf
systemctl reload "$SHOP_UNIT"
wait_until 15 accepts "$SHOP_ADDRESS"
shop_requests 4 >/dev/null
printf '# Sent with every answer.\nHeader always set X-Frame-Options "DENY"\nHeader always set Referrer-Policy "same-origin"\n' >"$SHOP_DIR/.htaccess"
shop_requests 30
