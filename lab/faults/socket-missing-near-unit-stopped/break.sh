# Stopping php-fpm removes its socket: the missing file is the symptom.
visitors
systemctl stop php8.2-fpm.service
requests blog.example.com / 30
