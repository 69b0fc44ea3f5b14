# The chain was put together by cat, and the authority's mail had no line end behind the last line: two of the PEM lines became one.
visitors
certificate /etc/nginx/tls/authority 900 'Example Authority'
issued /etc/nginx/tls/secure /etc/nginx/tls/authority 90 secure.example.com
rm /etc/nginx/tls/authority.key
{ printf %s "$(cat /etc/nginx/tls/secure.crt)"; cat /etc/nginx/tls/authority.crt; } >/etc/nginx/tls/fullchain.pem
https_site /etc/nginx/tls/fullchain.pem /etc/nginx/tls/secure.key
systemctl restart nginx.service || true
requests "$WWW_SITE" / 10
