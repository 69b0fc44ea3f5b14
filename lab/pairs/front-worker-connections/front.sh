# The worker_connections of a small test machine came along with its configuration: a busy day is more than that.
keep /etc/nginx/nginx.conf
sed -i 's/^\([ \t]*\)worker_connections .*/\1worker_connections 48;/' /etc/nginx/nginx.conf
reload_nginx
shop_requests 160 0.01 | grep 500
