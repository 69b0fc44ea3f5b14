nginx -s quit
wait_until 20 test ! -e /run/nginx.pid
systemctl start nginx.service
