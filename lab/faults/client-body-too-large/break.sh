# Uploads of 3 MB, and nobody ever raised the limit.
visitors
head -c 3000000 /dev/zero >/tmp/upload
shop_requests 25 0.1 -X POST --data-binary @/tmp/upload
