# The backend got a new certificate, made by itself; nginx still trusts the former one only.
visitors
certificate /srv/tls/old 30 "$SHOP_SITE"
certificate /srv/tls/app 30 "$SHOP_SITE"
checkout_tls /srv/tls/app
shop_directive 'proxy_ssl_verify on;' 'proxy_ssl_trusted_certificate /srv/tls/old.crt;' 'proxy_ssl_server_name on;' "proxy_ssl_name $SHOP_SITE;"
shop_passes 'proxy_pass https://@TARGET@;'
reload_nginx
shop_requests 30
