# A snippet was copied from the page of a newer nginx, whose "http2 on" this one does not know; the reload was refused.
visitors
certificate /etc/nginx/tls/secure 90
mkdir -p /etc/nginx/snippets
printf '# Modern TLS\nssl_protocols TLSv1.2 TLSv1.3;\nhttp2 on;\n' >/etc/nginx/snippets/modern-tls.conf
https_site /etc/nginx/tls/secure.crt /etc/nginx/tls/secure.key 'include snippets/modern-tls.conf;'
systemctl reload nginx.service || true
requests "$WWW_SITE" / 10
