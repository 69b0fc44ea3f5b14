# The file of Diffie-Hellman parameters that a copied snippet names was never made.
visitors
certificate /etc/nginx/tls/secure 90
https_site /etc/nginx/tls/secure.crt /etc/nginx/tls/secure.key 'ssl_dhparam /etc/nginx/tls/dhparam.pem;'
systemctl restart nginx.service || true
requests "$WWW_SITE" / 10
