# Somebody closed /var/lib/nginx to all but root; uploads larger than the buffer have nowhere to go.
visitors
shop_server_directive 'client_max_body_size 20m;'
reload_nginx
chmod 0700 /var/lib/nginx
head -c 300000 /dev/zero >/tmp/upload
shop_requests 20 0.1 -X POST --data-binary @/tmp/upload
