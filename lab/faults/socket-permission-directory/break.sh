# The socket is open to www-data, the directory above it is not.
visitors
mkdir -m 0700 /run/blog
sed -i "s|^listen = .*|listen = /run/blog/php.sock|" /etc/php/8.2/fpm/pool.d/www.conf
systemctl restart php8.2-fpm.service
sed -i "s|/run/php/php8.2-fpm.sock|/run/blog/php.sock|" /etc/nginx/sites-enabled/blog.conf
reload_nginx
requests blog.example.com / 30
