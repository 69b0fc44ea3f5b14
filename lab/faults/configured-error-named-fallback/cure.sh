sed -i 's|try_files $uri $uri/ @render;|try_files $uri $uri/ /index.html;|' "$(new_site atlas)"
reload_nginx
