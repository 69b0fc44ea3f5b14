# The balancer in front was set to pass on in clear; nginx expects TLS on that port and says 400 to everybody.
visitors
certificate /etc/nginx/tls/secure 300
https_site /etc/nginx/tls/secure.crt /etc/nginx/tls/secure.key
reload_nginx
requests secure.example.com / 30 0.1 --connect-to 127.0.0.1:80:127.0.0.1:443
