sed -i 's|listen 443;|listen 443 ssl;|' "$(new_site secure)"
reload_nginx
