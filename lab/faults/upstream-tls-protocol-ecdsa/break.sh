# The backend's certificate was renewed with an ECDSA key; the list of ciphers for backends, one for all sites, has those for RSA only.
visitors
mkdir -p /srv/tls
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30 -subj "/CN=$SHOP_SITE" -keyout /srv/tls/app.key -out /srv/tls/app.crt 2>/dev/null
checkout_tls /srv/tls/app
http_directive 'proxy_ssl_ciphers ECDHE-RSA-AES128-GCM-SHA256:ECDHE-RSA-AES256-GCM-SHA384;'
shop_directive 'proxy_ssl_server_name on;' "proxy_ssl_name $SHOP_SITE;"
shop_passes 'proxy_pass https://@TARGET@;'
reload_nginx
shop_requests 30
