# Removed under the running nginx; nobody has reloaded it yet.
certificate /etc/nginx/tls/secure 90
https_site /etc/nginx/tls/secure.crt /etc/nginx/tls/secure.key
reload_nginx
visitors
rm /etc/nginx/tls/secure.crt
requests "$WWW_SITE" / 10
