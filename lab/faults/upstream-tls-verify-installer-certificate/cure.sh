sed -i 's|/etc/ssl/example-root.crt|/srv/tls/app.crt|' /etc/nginx/snippets/verify-backends.conf
reload_nginx
