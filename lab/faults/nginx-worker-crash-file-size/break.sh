# A drop-in limits the size of files that nginx writes to one megabyte; a larger upload kills the worker that keeps it.
visitors
nginx_unit_with 'LimitFSIZE=1M'
shop_server_directive 'client_max_body_size 20m;'
systemctl restart nginx.service
head -c 3000000 /dev/zero >/tmp/upload
shop_requests 20 0.2 -m 10 -H Expect: -X POST --data-binary @/tmp/upload
