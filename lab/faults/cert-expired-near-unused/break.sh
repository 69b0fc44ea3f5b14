# The expired certificate lies beside the one that is served.
certificate /etc/nginx/tls/secure 90
certificate /etc/nginx/tls/secure-2025 -1
https_site /etc/nginx/tls/secure.crt /etc/nginx/tls/secure.key
reload_nginx
visitors
requests "$WWW_SITE" / 10
