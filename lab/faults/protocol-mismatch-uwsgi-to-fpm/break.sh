# The blog's location was made from that of a Python site: the address was changed, the word uwsgi_pass was not.
visitors
keep "$BLOG_CONF"
sed -i --follow-symlinks "s|fastcgi_pass unix:$BLOG_SOCK;|uwsgi_pass unix:$BLOG_SOCK;|" "$BLOG_CONF"
reload_nginx
requests "$BLOG_SITE" / 30
