# A site was copied from another host without its key; the reload was refused.
visitors
certificate /etc/nginx/tls/secure 90
rm /etc/nginx/tls/secure.key
https_site /etc/nginx/tls/secure.crt /etc/nginx/tls/secure.key
systemctl reload nginx.service || true
requests "$WWW_SITE" / 10
