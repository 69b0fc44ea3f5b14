# php-fpm was moved from its unix socket to TCP; the old socket is gone.
visitors
sed -i "s|^listen = .*|listen = 127.0.0.1:9000|" /etc/php/8.2/fpm/pool.d/www.conf
systemctl restart php8.2-fpm.service
wait_until 10 listens_on 9000
requests blog.example.com / 30
