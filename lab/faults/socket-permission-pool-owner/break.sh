# Each customer has a pool of his own, run by his own user; in the newest one the owner of the socket was written like the user, as it is in no other.
visitors
ordinary_host
useradd --system --no-create-home --shell /usr/sbin/nologin press
mkdir -p /srv/press
echo '<?php echo "press\n";' >/srv/press/index.php
cat >/etc/php/8.2/fpm/pool.d/press.conf <<'EOF2'
[press]
user = press
group = press
listen = /run/php/press.sock
listen.owner = press
listen.group = press
listen.mode = 0660
pm = ondemand
pm.max_children = 5
EOF2
systemctl restart "$BLOG_UNIT"
wait_until 10 listens_at unix:/run/php/press.sock
cat >"$(new_site press)" <<'EOF2'
server {
    listen 80;
    server_name press.example.com;
    root /srv/press;
    index index.php;

    location ~ \.php$ {
        include snippets/fastcgi-php.conf;
        fastcgi_pass unix:/run/php/press.sock;
    }
}
EOF2
reload_nginx
requests press.example.com / 30
