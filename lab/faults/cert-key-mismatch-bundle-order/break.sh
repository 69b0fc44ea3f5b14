# The bundle was put together in the wrong order: the authority's certificate stands first, and the key does not belong to that.
visitors
certificate /etc/nginx/tls/authority 900 'Example Authority'
issued /etc/nginx/tls/secure /etc/nginx/tls/authority 90 secure.example.com
cat /etc/nginx/tls/authority.crt /etc/nginx/tls/secure.crt >/etc/nginx/tls/bundle.pem
rm /etc/nginx/tls/authority.key
https_site /etc/nginx/tls/bundle.pem /etc/nginx/tls/secure.key
systemctl restart nginx.service || true
requests "$WWW_SITE" / 10
