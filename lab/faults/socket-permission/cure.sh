sed -i -e "s|^listen.owner = .*|listen.owner = www-data|" -e "s|^listen.group = .*|listen.group = www-data|" -e "s|^listen.mode = .*|listen.mode = 0660|" /etc/php/8.2/fpm/pool.d/www.conf
systemctl restart php8.2-fpm.service
