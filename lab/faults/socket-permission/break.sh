# The pool creates its socket for root alone.
visitors
sed -i -e "s|^listen.owner = .*|listen.owner = root|" -e "s|^listen.group = .*|listen.group = root|" -e "s|^;*listen.mode = .*|listen.mode = 0600|" /etc/php/8.2/fpm/pool.d/www.conf
systemctl restart php8.2-fpm.service
requests blog.example.com / 30
