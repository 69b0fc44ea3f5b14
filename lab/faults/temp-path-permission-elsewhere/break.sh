# Uploads go to a folder of their own; a script that tidies up gave it to root.
visitors
mkdir -p /srv/uploads/incoming
shop_server_directive 'client_max_body_size 20m;' 'client_body_temp_path /srv/uploads/incoming;'
reload_nginx
chown root:root /srv/uploads/incoming /srv/uploads
chmod 0750 /srv/uploads
head -c 300000 /dev/zero >/tmp/upload
shop_requests 20 0.1 -X POST --data-binary @/tmp/upload
