# The backend's certificate was made on a machine whose clock is three days ahead; it is not valid yet.
visitors
certificate_between /srv/tls/app 'now + 3 days' 'now + 90 days' "$SHOP_SITE"
checkout_tls /srv/tls/app
http_directive 'proxy_ssl_verify on;' 'proxy_ssl_trusted_certificate /srv/tls/app.crt;'
shop_server_directive 'proxy_ssl_server_name on;' "proxy_ssl_name $SHOP_SITE;"
shop_passes 'proxy_pass https://@TARGET@;'
reload_nginx
shop_requests 30
