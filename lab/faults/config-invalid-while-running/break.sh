# The same mistake under a running nginx: it serves on, and would not survive a restart.
visitors
shop_with "s/server_name $SHOP_SITE;/server_name $SHOP_SITE/"
systemctl reload nginx.service || true
shop_requests 10
