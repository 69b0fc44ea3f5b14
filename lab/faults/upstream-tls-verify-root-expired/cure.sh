openssl x509 -in /srv/tls/root.crt -signkey /srv/tls/root.key -days 900 -out /srv/tls/root.new 2>/dev/null
mv /srv/tls/root.new /srv/tls/root.crt
reload_nginx
