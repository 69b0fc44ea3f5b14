# proxy_ssl_server_name is on, and the name it sends is the one of the upstream block.
visitors
certificate /srv/tls/app 30 "$SHOP_SITE"
checkout_tls /srv/tls/app name="$SHOP_SITE" alert=112
shop_directive 'proxy_ssl_server_name on;'
shop_passes 'proxy_pass https://@TARGET@;'
reload_nginx
shop_requests 30
