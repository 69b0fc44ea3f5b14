# The volume of uploads was full; somebody removed what filled it, and uploads go through since. Old lines are all that is left.
visitors
mount -t tmpfs -o size=8m,mode=0700,uid=$(id -u www-data) tmpfs /var/lib/nginx/body
head -c 16000000 /dev/zero >/var/lib/nginx/body/core.1181 2>/dev/null || true
shop_server_directive 'client_max_body_size 20m;'
reload_nginx
head -c 300000 /dev/zero >/var/tmp/upload
(unnoted=1 shop_requests 25 0.1 -X POST --data-binary @/var/tmp/upload >/dev/null)
rm /var/lib/nginx/body/core.1181
shop_requests 15 0.2 -X POST --data-binary @/var/tmp/upload
shop_requests 25
