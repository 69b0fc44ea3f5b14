# nginx shows its backend a certificate of its own; that was issued again with a new key, and only the certificate was copied here.
certificate /srv/tls/app 30 "$SHOP_SITE"
certificate /srv/tls/front 30 "front.$SHOP_SITE"
checkout_tls /srv/tls/app max=TLSv1_2 client=/srv/tls/front.crt
mkdir -p /etc/nginx/client
cp /srv/tls/front.crt /srv/tls/front.key /etc/nginx/client/
shop_directive 'proxy_ssl_certificate client/front.crt;' 'proxy_ssl_certificate_key client/front.key;'
shop_passes 'proxy_pass https://@TARGET@;'
reload_nginx
visitors
certificate /srv/tls/front 365 "front.$SHOP_SITE"
cp /srv/tls/front.crt /etc/nginx/client/front.crt
systemctl restart nginx.service || true
shop_requests 10
