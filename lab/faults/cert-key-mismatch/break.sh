# The certificate was renewed with a new key, and the old key was put back by a deployment.
certificate /etc/nginx/tls/secure 90
https_site /etc/nginx/tls/secure.crt /etc/nginx/tls/secure.key
reload_nginx
visitors
certificate /etc/nginx/tls/other 90
cp /etc/nginx/tls/other.key /etc/nginx/tls/secure.key
systemctl restart nginx.service || true
requests "$WWW_SITE" / 10
