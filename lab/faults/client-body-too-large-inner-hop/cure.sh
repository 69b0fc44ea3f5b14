sed -i 's|^\( *\)listen 127.0.0.1:.*|&\n\1client_max_body_size 50m;|' "$(new_site inner)"
reload_nginx
