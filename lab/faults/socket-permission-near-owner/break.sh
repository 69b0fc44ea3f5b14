# Mode 0600 looks too narrow, but the owner is the very user of the workers.
visitors
sed -i "s|^;*listen.mode = .*|listen.mode = 0600|" /etc/php/8.2/fpm/pool.d/www.conf
systemctl restart php8.2-fpm.service
requests blog.example.com / 20
