site=$(new_site inner)
sed -i 's|^\( *\)proxy_set_header Host .*|&\n\1proxy_http_version 1.1;\n\1proxy_set_header Upgrade $http_upgrade;\n\1proxy_set_header Connection "upgrade";|' "$site"
reload_nginx
