nginx -s quit
wait_until 20 test ! -e /run/nginx.pid
nginx_unit_as_shipped
