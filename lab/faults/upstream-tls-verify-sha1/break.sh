# The backend's certificate is years old and signed with SHA-1; the OpenSSL of this host, new since the last upgrade, takes no such signature.
visitors
certificate /srv/tls/root 3650 'House Root'
openssl req -newkey rsa:2048 -nodes -keyout /srv/tls/app.key -out /srv/tls/app.csr -subj "/CN=$SHOP_SITE" 2>/dev/null
openssl x509 -req -sha1 -in /srv/tls/app.csr -CA /srv/tls/root.crt -CAkey /srv/tls/root.key -CAcreateserial -out /srv/tls/app.crt -days 400 2>/dev/null
checkout_tls /srv/tls/app
shop_directive 'proxy_ssl_verify on;' 'proxy_ssl_trusted_certificate /srv/tls/root.crt;' "proxy_ssl_name $SHOP_SITE;"
shop_passes 'proxy_pass https://@TARGET@;'
reload_nginx
shop_requests 30
