sed -i "s|unix:/run/php/php8.2-fpm.sock|127.0.0.1:9000|" /etc/nginx/sites-enabled/blog.conf
reload_nginx
