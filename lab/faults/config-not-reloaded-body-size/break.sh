# Uploads of 3 MB met the default limit; somebody raised it in the file and did not reload nginx.
visitors
head -c 3000000 /dev/zero >/tmp/upload
shop_requests 8 0.1 -X POST --data-binary @/tmp/upload >/dev/null
sleep 1.2
shop_server_directive 'client_max_body_size 20m;'
shop_requests 25 0.1 -X POST --data-binary @/tmp/upload
