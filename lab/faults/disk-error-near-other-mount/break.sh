# A snapshot is mounted read-only, as such are; the folder for uploads is full.
visitors
mkdir -p /mnt/snapshot
mount -t tmpfs -o size=1m,ro tmpfs /mnt/snapshot
mount -t tmpfs -o size=1m,mode=0700,uid=$(id -u www-data) tmpfs /var/lib/nginx/body
head -c 3000000 /dev/zero >/var/lib/nginx/body/core.1181 2>/dev/null || true
shop_server_directive 'client_max_body_size 20m;'
reload_nginx
head -c 2000000 /dev/zero >/tmp/upload
shop_requests 20 0.1 -X POST --data-binary @/tmp/upload
