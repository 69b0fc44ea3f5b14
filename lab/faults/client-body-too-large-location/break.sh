# A limit of the location, smaller than that of the server.
visitors
shop_server_directive 'client_max_body_size 20m;'
shop_directive 'client_max_body_size 100k;'
reload_nginx
head -c 400000 /dev/zero >/tmp/upload
shop_requests 25 0.1 -X POST --data-binary @/tmp/upload
