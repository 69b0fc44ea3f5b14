# php-fpm takes connections from listed addresses only, and the list was written for the new network: it hangs up on this nginx, which speaks FastCGI as it should.
visitors
keep "$SHOP_FPM_CONF"
sed -i 's|^listen = .*|&\nlisten.allowed_clients = 10.20.0.5,10.20.0.6|' "$SHOP_FPM_CONF"
systemctl restart "$SHOP_UNIT"
wait_until 15 listens_at "$SHOP_ADDRESS"
shop_requests 30
