systemctl reset-failed php8.2-fpm.service
systemctl start php8.2-fpm.service
