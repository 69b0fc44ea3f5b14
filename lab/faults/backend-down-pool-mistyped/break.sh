# Somebody wrote a pool for a new site with a misspelt setting. Nothing happened until this night's update restarted php-fpm: it does not start with that file, and the old blog is down as well.
usual_day shop
cat >"${BLOG_POOL_CONF%/*}/forum.conf" <<'POOL'
[forum]
user = www-data
group = www-data
listen = /run/php/forum.sock
listen.owner = www-data
pm = dynamic
pm.max_childrens = 6
pm.start_servers = 2
pm.min_spare_servers = 1
pm.max_spare_servers = 3
POOL
systemctl restart "$BLOG_UNIT" 2>/dev/null || true
wait_until 20 is_failed "$BLOG_UNIT"
requests "$BLOG_SITE" / 30
