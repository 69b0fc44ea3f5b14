rm /etc/nginx/teams.d/40-cart.conf
reload_nginx
