site=$(new_site intranet)
sed -i 's|/scripts\$fastcgi_script_name|$document_root$fastcgi_script_name|' "$site"
reload_nginx
