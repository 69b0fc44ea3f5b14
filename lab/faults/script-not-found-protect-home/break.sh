# A site lives in a home directory. php-fpm was hardened by a drop-in: /home is empty for it, while nginx sees the files.
visitors
mkdir -p /home/anna/public
echo '<?php echo "notes\n";' >/home/anna/public/index.php
chmod 0755 /home/anna /home/anna/public
cat >"$(new_site notes)" <<EOF2
server {
    listen 80;
    server_name notes.example.com;
    root /home/anna/public;
    index index.php;

    location / {
        try_files \$uri \$uri/ =404;
    }

    location ~ \.php$ {
        include snippets/fastcgi-php.conf;
        fastcgi_pass unix:$BLOG_SOCK;
    }
}
EOF2
reload_nginx
requests notes.example.com / 3 >/dev/null
mkdir -p "/etc/systemd/system/$BLOG_UNIT.d"
printf '[Service]\nProtectHome=yes\n' >"/etc/systemd/system/$BLOG_UNIT.d/hardening.conf"
systemctl daemon-reload
systemctl restart "$BLOG_UNIT"
wait_until 10 listens_at "unix:$BLOG_SOCK"
requests notes.example.com / 30
