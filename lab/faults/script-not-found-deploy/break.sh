# The release that the site's link points to was cleaned away.
visitors
mkdir -p /srv/intranet/releases/41/public
echo '<?php echo "intranet\n";' >/srv/intranet/releases/41/public/index.php
ln -s /srv/intranet/releases/41 /srv/intranet/current
cat >"$(new_site intranet)" <<EOF2
server {
    listen 80;
    server_name intranet.example.com;
    root /srv/intranet/current/public;

    location / {
        rewrite ^ /index.php last;
    }

    location = /index.php {
        include fastcgi_params;
        fastcgi_param SCRIPT_FILENAME \$document_root\$fastcgi_script_name;
        fastcgi_pass unix:$BLOG_SOCK;
    }

    index index.php;
}
EOF2
reload_nginx
requests intranet.example.com / 3 >/dev/null
mv /srv/intranet/releases/41 /srv/intranet/releases/.41.old
requests intranet.example.com / 30
