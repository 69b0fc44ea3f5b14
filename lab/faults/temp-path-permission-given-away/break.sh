# A script that sets rights "as they should be" gave the folder for uploads to root while nginx runs.
visitors
shop_server_directive 'client_max_body_size 20m;'
reload_nginx
chown root:root /var/lib/nginx/body
head -c 300000 /dev/zero >/tmp/upload
shop_requests 20 0.1 -X POST --data-binary @/tmp/upload
