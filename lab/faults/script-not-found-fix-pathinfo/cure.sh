site=$(new_site press)
sed -i 's|^\( *\)include fastcgi_params;|\1fastcgi_split_path_info ^(.+\\.php)(/.*)$;\n&|' "$site"
reload_nginx
