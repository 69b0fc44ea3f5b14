# root stands in one location only; the one for PHP has none, and nginx's built-in one is not where the scripts are.
visitors
mkdir -p /srv/intranet
echo '<?php echo "intranet\n";' >/srv/intranet/index.php
cat >"$(new_site intranet)" <<EOF2
server {
    listen 80;
    server_name intranet.example.com;
    index index.php;

    location / {
        root /srv/intranet;
    }

    location ~ \.php$ {
        fastcgi_pass unix:$BLOG_SOCK;
        include fastcgi_params;
        fastcgi_param SCRIPT_FILENAME \$document_root\$fastcgi_script_name;
    }
}
EOF2
reload_nginx
requests intranet.example.com / 30
