site=$(new_site intranet)
sed -i 's|^\( *\)fastcgi_pass .*|&\n\1root /srv/intranet;|' "$site"
reload_nginx
