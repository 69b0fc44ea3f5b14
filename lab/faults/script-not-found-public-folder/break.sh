# A framework keeps its front script in public/, and the new site has the folder above as its root: every page asks php-fpm for an index.php that is not there.
visitors
mkdir -p /srv/orders/public /srv/orders/config
echo '<?php echo "orders\n";' >/srv/orders/public/index.php
chmod -R a+rX /srv/orders
cat >"$(new_site orders)" <<NGINX
server {
    listen 80;
    server_name orders.example.com;
    root /srv/orders;
    index index.php;

    location / {
        try_files \$uri /index.php?\$query_string;
    }

    location ~ \.php$ {
        include fastcgi_params;
        fastcgi_param SCRIPT_FILENAME \$realpath_root\$fastcgi_script_name;
        fastcgi_pass unix:$BLOG_SOCK;
    }
}
NGINX
reload_nginx
requests orders.example.com /list 15
requests orders.example.com /orders/17 15
