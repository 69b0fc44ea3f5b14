# Uploads may have 50 MB by the configuration; the volume that nginx puts them on has 1 MB, and is empty again after each that did not fit.
visitors
mount -t tmpfs -o size=1m,mode=0700,uid=$(id -u www-data) tmpfs /var/lib/nginx/body
shop_server_directive 'client_max_body_size 50m;'
reload_nginx
head -c 200000 /dev/zero >/tmp/upload
shop_requests 4 0.5 -X POST --data-binary @/tmp/upload >/dev/null
head -c 6000000 /dev/zero >/tmp/upload
shop_requests 20 0.1 -X POST --data-binary @/tmp/upload
