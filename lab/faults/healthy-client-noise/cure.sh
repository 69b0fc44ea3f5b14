rm -f "$(new_site secure)"
reload_nginx
