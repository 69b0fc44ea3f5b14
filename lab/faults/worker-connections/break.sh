# 40 connections for each worker; answers take 3 s, so that a busy minute holds more than that. Each request needs two.
visitors
keep /etc/nginx/nginx.conf
sed -i 's/^\([ \t]*\)worker_connections .*/\1worker_connections 40;/' /etc/nginx/nginx.conf
checkout_settings APP_DELAY=3
checkout_threads 200
reload_nginx
shop_requests 160 0.01
