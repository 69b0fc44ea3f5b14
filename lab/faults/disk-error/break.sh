# The folder for uploads is mounted read-only: what an ext4 does by itself after an error (errors=remount-ro).
visitors
mount --bind /var/lib/nginx/body /var/lib/nginx/body
mount -o remount,bind,ro /var/lib/nginx/body
shop_server_directive 'client_max_body_size 20m;'
reload_nginx
head -c 3000000 /dev/zero >/tmp/upload
shop_requests 20 0.1 -X POST --data-binary @/tmp/upload
