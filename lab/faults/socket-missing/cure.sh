systemctl restart php8.2-fpm.service
