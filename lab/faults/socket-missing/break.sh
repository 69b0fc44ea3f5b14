# A clean-up removed the socket under a running php-fpm.
visitors
rm /run/php/php8.2-fpm.sock
requests blog.example.com / 30
