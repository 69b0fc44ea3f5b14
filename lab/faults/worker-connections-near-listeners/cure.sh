sed -i 's/^\([ \t]*\)worker_connections .*/\1worker_connections 768;/' /etc/nginx/nginx.conf
nginx_unit_as_shipped
