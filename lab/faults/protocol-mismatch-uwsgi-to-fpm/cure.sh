sed -i --follow-symlinks "s|uwsgi_pass unix:$BLOG_SOCK;|fastcgi_pass unix:$BLOG_SOCK;|" "$BLOG_CONF"
reload_nginx
