# The blog's site was written anew after a page of the wiki, which has fastcgi_pass 127.0.0.1:9000 as every tutorial; the pool of this host listens on its unix socket, as Debian has it.
usual_day shop
keep "$BLOG_CONF"
sed -i --follow-symlinks "s|^\([ \t]*\)fastcgi_pass unix:$BLOG_SOCK;|\1fastcgi_pass 127.0.0.1:9000;|" "$BLOG_CONF"
reload_nginx
requests "$BLOG_SITE" / 30
