# client_body_in_file_only was switched on to look at what a partner sends, and forgotten: every body stays as a file, until the disk is full.
visitors
mkdir -p /srv/bodies
mount -t tmpfs -o size=1m,mode=0755 tmpfs /srv/bodies
shop_server_directive 'client_body_in_file_only on;' 'client_body_temp_path /srv/bodies/kept;'
reload_nginx
head -c 100000 /dev/zero >/tmp/upload
unnoted=1 shop_requests 20 0.05 -X POST --data-binary @/tmp/upload >/dev/null
shop_requests 20 0.1 -X POST --data-binary @/tmp/upload
