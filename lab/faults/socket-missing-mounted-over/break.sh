# The blog's pool has a folder of its own for its socket; `mount -a` laid an empty tmpfs over it, after php-fpm had been started.
mkdir -p /run/blog
blog_pool "s|^listen = .*|listen = /run/blog/php.sock|"
keep "$BLOG_CONF"
sed -i --follow-symlinks "s|unix:$BLOG_SOCK|unix:/run/blog/php.sock|" "$BLOG_CONF"
reload_nginx
visitors
echo 'tmpfs /run/blog tmpfs mode=0755,size=4m 0 0' >>/etc/fstab
mount /run/blog
requests "$BLOG_SITE" / 30
