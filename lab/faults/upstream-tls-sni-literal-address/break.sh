# Server names were switched on; but nginx knows its backend by address only, and an address is never sent as a name.
visitors
certificate /srv/tls/app 30 "$SHOP_SITE"
checkout_tls /srv/tls/app name="$SHOP_SITE" alert=40
shop_server_directive 'proxy_ssl_server_name on;'
shop_passes 'proxy_pass https://@TARGET@;'
reload_nginx
shop_requests 30
