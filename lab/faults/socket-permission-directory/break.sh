# The socket is open to www-data, the directory above it is not.
visitors
mkdir -m 0700 /run/blog
blog_pool "s|^listen = .*|listen = /run/blog/php.sock|"
sed -i --follow-symlinks "s|unix:$BLOG_SOCK|unix:/run/blog/php.sock|" "$BLOG_CONF"
reload_nginx
requests "$BLOG_SITE" / 30
