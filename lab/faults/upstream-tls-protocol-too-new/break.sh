# A hardening guide set TLS 1.3 for all backends by a snippet of its own; the shop's backend ends at 1.2.
visitors
certificate /srv/tls/app 30 "$SHOP_SITE"
checkout_tls /srv/tls/app max=TLSv1_2
mkdir -p /etc/nginx/snippets
printf '# Hardening 4.2.1\nproxy_ssl_protocols TLSv1.3;\n' >/etc/nginx/snippets/hardening.conf
http_directive 'include /etc/nginx/snippets/hardening.conf;'
shop_passes 'proxy_pass https://@TARGET@;'
reload_nginx
shop_requests 30
