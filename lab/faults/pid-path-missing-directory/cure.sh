rmdir /run/nginx.pid
nginx_unit_as_shipped
