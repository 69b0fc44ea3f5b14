# The blog has a pool of its own; somebody put its file aside, and the rest of php-fpm runs on.
visitors
sed -e 's|^\[www\]|[blog]|' -e "s|^listen = .*|listen = /run/php/blog.sock|" "$BLOG_POOL_CONF" >"${BLOG_POOL_CONF%/*}/blog.conf"
systemctl restart "$BLOG_UNIT"
keep "$BLOG_CONF"
sed -i --follow-symlinks "s|unix:$BLOG_SOCK|unix:/run/php/blog.sock|" "$BLOG_CONF"
reload_nginx
requests "$BLOG_SITE" / 3 >/dev/null
mv "${BLOG_POOL_CONF%/*}/blog.conf" "${BLOG_POOL_CONF%/*}/blog.conf.disabled"
systemctl restart "$BLOG_UNIT"
requests "$BLOG_SITE" / 30
