rm -f /etc/nginx/sites-enabled/secure.conf
reload_nginx
