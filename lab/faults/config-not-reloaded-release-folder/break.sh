# A PHP site moved to another folder and its root was changed with it; nobody reloaded nginx, which still names the scripts of the old one.
mkdir -p /srv/intranet-5/public
echo '<?php echo "intranet\n";' >/srv/intranet-5/public/index.php
cat >"$(new_site intranet)" <<NGINX
server {
    listen 80;
    server_name intranet.example.com;
    root /srv/intranet-5/public;

    location / {
        include fastcgi_params;
        fastcgi_param SCRIPT_FILENAME \$document_root/index.php;
        fastcgi_pass unix:$BLOG_SOCK;
    }
}
NGINX
reload_nginx
visitors
sleep 1.2
mv /srv/intranet-5 /srv/intranet-6
sed -i 's|/srv/intranet-5|/srv/intranet-6|' "$(new_site intranet)"
requests intranet.example.com / 30
