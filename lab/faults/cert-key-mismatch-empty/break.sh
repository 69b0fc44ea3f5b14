# The disk was full when the certificate was copied: the file is there and empty. A reload was refused.
certificate /etc/nginx/tls/secure 90
https_site /etc/nginx/tls/secure.crt /etc/nginx/tls/secure.key
reload_nginx
visitors
: >/etc/nginx/tls/secure.crt
systemctl reload nginx.service || true
requests "$WWW_SITE" / 10
