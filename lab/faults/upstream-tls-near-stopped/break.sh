# TLS to the backend is set up with great care, in the file; what fails is that the service is stopped.
visitors
certificate /srv/tls/app 30 "$SHOP_SITE"
checkout_tls /srv/tls/app name="$SHOP_SITE" alert=112
shop_directive 'proxy_ssl_verify on;' 'proxy_ssl_trusted_certificate /srv/tls/app.crt;' 'proxy_ssl_server_name on;' "proxy_ssl_name $SHOP_SITE;" 'proxy_ssl_protocols TLSv1.2;'
shop_passes 'proxy_pass https://@TARGET@;'
reload_nginx
systemctl stop "$SHOP_UNIT"
shop_requests 30
