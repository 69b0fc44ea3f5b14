# The folder of a site is for www-data's group only, as a guide said; its new pool runs as a user of its own, who may not enter it. nginx may.
visitors
mkdir -p /srv/wiki
echo '<?php echo "wiki\n";' >/srv/wiki/index.php
chown -R root:www-data /srv/wiki
chmod 0750 /srv/wiki
chmod 0640 /srv/wiki/index.php
useradd -r -s /usr/sbin/nologin wiki
printf '[wiki]\nuser = wiki\ngroup = wiki\nlisten = /run/php/wiki.sock\nlisten.owner = www-data\nlisten.group = www-data\npm = static\npm.max_children = 2\n' \
  >"${BLOG_POOL_CONF%/*}/wiki.conf"
systemctl restart "$BLOG_UNIT"
wait_until 10 listens_at unix:/run/php/wiki.sock
cat >"$(new_site wiki)" <<'NGINX'
server {
    listen 80;
    server_name wiki.example.com;
    root /srv/wiki;
    index index.php;

    location / {
        try_files $uri $uri/ /index.php?$args;
    }

    location ~ \.php$ {
        include snippets/fastcgi-php.conf;
        fastcgi_pass unix:/run/php/wiki.sock;
    }
}
NGINX
reload_nginx
requests wiki.example.com /start 30
