# Somebody removed the folder for request bodies while nginx runs.
visitors
mv /var/lib/nginx/body /var/lib/nginx/body.old
head -c 300000 /dev/zero >/tmp/upload
shop_requests 20 0.1 -X POST --data-binary @/tmp/upload
