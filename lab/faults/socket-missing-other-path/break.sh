# The pool was renamed; nginx still has the old path.
visitors
sed -i "s|^listen = .*|listen = /run/php/blog.sock|" /etc/php/8.2/fpm/pool.d/www.conf
systemctl restart php8.2-fpm.service
requests blog.example.com / 30
