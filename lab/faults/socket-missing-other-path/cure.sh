sed -i "s|/run/php/php8.2-fpm.sock|/run/php/blog.sock|" /etc/nginx/sites-enabled/blog.conf
reload_nginx
