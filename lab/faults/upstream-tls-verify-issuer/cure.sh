cp /srv/tls/app.crt /srv/tls/old.crt
reload_nginx
