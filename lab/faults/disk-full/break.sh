# The folder for uploads has a small file system of its own, and somebody's core dump fills it.
visitors
mount -t tmpfs -o size=2m,mode=0700,uid=$(id -u www-data) tmpfs /var/lib/nginx/body
head -c 4000000 /dev/zero >/var/lib/nginx/body/core.1181 2>/dev/null || true
shop_server_directive 'client_max_body_size 20m;'
reload_nginx
head -c 3000000 /dev/zero >/tmp/upload
shop_requests 20 0.1 -X POST --data-binary @/tmp/upload
