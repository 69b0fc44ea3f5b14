# The blog has a pool of its own; somebody put its file aside, and the rest of php-fpm runs on.
visitors
weblog="${BLOG_POOL_CONF%/*}/weblog.conf"
sed -e 's|^\[.*\]$|[weblog]|' -e 's|^listen = .*|listen = /run/php/weblog.sock|' "$BLOG_POOL_CONF" >"$weblog"
systemctl restart "$BLOG_UNIT"
keep "$BLOG_CONF"
sed -i --follow-symlinks "s|unix:$BLOG_SOCK|unix:/run/php/weblog.sock|" "$BLOG_CONF"
reload_nginx
requests "$BLOG_SITE" / 3 >/dev/null
mv "$weblog" "$weblog.disabled"
systemctl restart "$BLOG_UNIT"
requests "$BLOG_SITE" / 30
