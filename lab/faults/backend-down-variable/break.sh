# The address stands in a variable only; the service is stopped.
visitors
shop_with "s|^\([ \t]*\)$(plain_text "$SHOP_PASS")\$|\1set \$backend $SHOP_ADDRESS;\n\1proxy_pass http://\$backend;|"
reload_nginx
systemctl stop "$SHOP_UNIT"
shop_requests 30
