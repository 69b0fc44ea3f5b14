# The scripts of the gallery lie on a volume of their own. Its mount was stopped for a backup and not started again: the folder below is empty.
visitors
mkdir -p /var/lib/gallery/public /srv/gallery
printf '<?php\necho "gallery\\n";\n' >/var/lib/gallery/public/index.php
cat >/etc/systemd/system/srv-gallery.mount <<'UNIT'
[Unit]
Description=Volume of the gallery

[Mount]
What=/var/lib/gallery
Where=/srv/gallery
Type=none
Options=bind

[Install]
WantedBy=multi-user.target
UNIT
systemctl daemon-reload
systemctl enable -q --now srv-gallery.mount
cat >"$(new_site gallery)" <<EOF2
server {
    listen 80;
    server_name gallery.example.com;

    location / {
        include fastcgi_params;
        fastcgi_param SCRIPT_FILENAME /srv/gallery/public/index.php;
        fastcgi_pass unix:$BLOG_SOCK;
    }
}
EOF2
reload_nginx
requests gallery.example.com / 3 >/dev/null
systemctl stop srv-gallery.mount
requests gallery.example.com / 30
