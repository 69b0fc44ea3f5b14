# All of php-fpm is killed at once, so nobody removes the socket.
visitors
systemctl kill --signal=KILL php8.2-fpm.service
wait_until 10 is_failed php8.2-fpm.service
requests blog.example.com / 30
