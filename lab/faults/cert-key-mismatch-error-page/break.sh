# The renewal job stored the error page of the authority as the certificate, and told the master by a signal to load it.
certificate /etc/nginx/tls/secure 90
https_site /etc/nginx/tls/secure.crt /etc/nginx/tls/secure.key
reload_nginx
visitors
printf '<html>\n<head><title>503 Service Temporarily Unavailable</title></head>\n<body>Please try again later.</body>\n</html>\n' >/etc/nginx/tls/secure.crt
kill -HUP "$(cat /run/nginx.pid)"
sleep 1
requests "$WWW_SITE" / 10
