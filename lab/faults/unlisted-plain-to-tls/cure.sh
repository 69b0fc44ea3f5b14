sed -i 's|listen 443 ssl;|listen 443;|' "$(new_site secure)"
reload_nginx
