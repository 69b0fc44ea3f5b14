site=$(new_site files)
sed -i 's/ last;/ break;/' "$site"
reload_nginx
