# A site made from nginx's own sample: SCRIPT_FILENAME stays at /scripts.
visitors
mkdir -p /srv/intranet
echo '<?php echo "intranet\n";' >/srv/intranet/index.php
cat >"$(new_site intranet)" <<EOF2
server {
    listen 80;
    server_name intranet.example.com;
    root /srv/intranet;
    index index.php;

    location ~ \.php$ {
        include fastcgi_params;
        fastcgi_pass unix:$BLOG_SOCK;
        fastcgi_param SCRIPT_FILENAME /scripts\$fastcgi_script_name;
    }
}
EOF2
reload_nginx
requests intranet.example.com / 30
