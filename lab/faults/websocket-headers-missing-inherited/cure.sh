sed -i 's|^\( *\)proxy_set_header X-Forwarded-For .*|&\n\1proxy_set_header Upgrade $http_upgrade;\n\1proxy_set_header Connection "upgrade";|' "$(new_site live)"
reload_nginx
