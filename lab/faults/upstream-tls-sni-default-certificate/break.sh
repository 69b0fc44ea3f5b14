# nginx verifies; without a name the backend shows the certificate of another site.
visitors
certificate /srv/tls/app 30 "$SHOP_SITE"
certificate /srv/tls/default 30 default.example.net
checkout_tls /srv/tls/app name="$SHOP_SITE" other=/srv/tls/default
shop_directive 'proxy_ssl_verify on;' 'proxy_ssl_trusted_certificate /srv/tls/app.crt;' "proxy_ssl_name $SHOP_SITE;"
shop_passes 'proxy_pass https://@TARGET@;'
reload_nginx
shop_requests 30
