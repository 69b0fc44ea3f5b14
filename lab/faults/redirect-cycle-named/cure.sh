site=$(new_site files)
sed -i 's/try_files $uri @new;/try_files $uri =404;/' "$site"
reload_nginx
