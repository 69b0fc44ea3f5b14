# The new key is encrypted, and nobody is there to type the passphrase.
visitors
certificate /etc/nginx/tls/secure 90
openssl pkey -aes256 -passout pass:secret -in /etc/nginx/tls/secure.key -out /etc/nginx/tls/locked.key
https_site /etc/nginx/tls/secure.crt /etc/nginx/tls/locked.key
systemctl restart nginx.service || true
requests "$WWW_SITE" / 10
