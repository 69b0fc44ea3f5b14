# The queue fills because nobody empties it: all processes of the pool are stopped.
visitors
blog_pool "s|^listen = .*|&\nlisten.backlog = 4|"
keep "$BLOG_CONF"
sed -i "s|^\([ \t]*\)fastcgi_pass unix:$BLOG_SOCK;|&\n\1fastcgi_read_timeout 5s;|" "$BLOG_CONF"
reload_nginx
systemctl kill --signal=STOP "$BLOG_UNIT"
requests "$BLOG_SITE" / 20 0.1
