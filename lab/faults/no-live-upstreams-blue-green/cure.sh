sed -i 's/ down;/;/' "$(new_site pools)"
reload_nginx
