systemctl start php8.2-fpm.service
