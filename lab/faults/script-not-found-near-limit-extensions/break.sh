# Pages with PHP in files called .html moved here from a host that ran them; the pool takes scripts called .php only (security.limit_extensions) and says no.
visitors
mkdir -p /srv/fair
echo '<?php echo "stand 17\n";' >/srv/fair/stands.html
echo '<?php echo "fair\n";' >/srv/fair/index.php
chmod -R a+rX /srv/fair
cat >"$(new_site fair)" <<NGINX
server {
    listen 80;
    server_name fair.example.com;
    root /srv/fair;
    index index.php;

    location ~ \.(php|html)$ {
        try_files \$uri =404;
        include fastcgi_params;
        fastcgi_param SCRIPT_FILENAME \$document_root\$fastcgi_script_name;
        fastcgi_pass unix:$BLOG_SOCK;
    }
}
NGINX
reload_nginx
requests fair.example.com /stands.html 30
