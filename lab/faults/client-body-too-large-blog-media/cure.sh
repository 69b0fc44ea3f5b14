rm -f /tmp/film.mp4
keep "$BLOG_CONF"
sed -i --follow-symlinks "s|^\([ \t]*\)server_name $(plain_text "$BLOG_SITE");\$|&\n\1client_max_body_size 64m;|" "$BLOG_CONF"
reload_nginx
