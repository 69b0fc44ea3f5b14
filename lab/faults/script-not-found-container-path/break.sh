# The blog's PHP moved into a container, which has the folder of the site as /var/www/html; nginx stayed on the host and goes on with the host's own path.
containers_ready podman
visitors
cat >/srv/containers/fpm.conf <<CONF
[global]
error_log = /dev/stderr
daemonize = no
[www]
user = www-data
group = www-data
listen = 127.0.0.1:$SPARE_PORT
pm = static
pm.max_children = 2
CONF
mkdir -p /srv/containers/empty
podman run -d --name blog-php --network host --ulimit host -v /usr:/usr:ro -v /etc/passwd:/etc/passwd:ro -v /etc/group:/etc/group:ro -v /srv/containers:/app:ro \
  -v /etc/php:/etc/php:ro -v "$BLOG_DIR:/var/www/html:ro" "shop/$SHOP_APP:1.4" php-fpm8.2 -F -y /app/fpm.conf >/dev/null
wait_until 10 listens_on "$SPARE_PORT"
keep "$BLOG_CONF"
sed -i --follow-symlinks "s|$(plain_text "unix:$BLOG_SOCK")|127.0.0.1:$SPARE_PORT|" "$BLOG_CONF"
systemctl disable -q --now "$BLOG_UNIT"
reload_nginx
requests "$BLOG_SITE" / 30
