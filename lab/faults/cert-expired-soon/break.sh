certificate /etc/nginx/tls/secure 5
https_site /etc/nginx/tls/secure.crt /etc/nginx/tls/secure.key
reload_nginx
visitors
requests "$WWW_SITE" / 10
