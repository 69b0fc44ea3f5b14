# A rule of tmpfiles.d, written when the spool was for another program, takes it from nginx at each boot and each upgrade that runs it.
visitors
mkdir -p /srv/spool/nginx
http_directive 'client_body_temp_path /srv/spool/nginx/bodies 1 2;'
shop_server_directive 'client_max_body_size 20m;'
reload_nginx
echo 'Z /srv/spool 0750 root adm -' >/etc/tmpfiles.d/spool.conf
systemd-tmpfiles --create /etc/tmpfiles.d/spool.conf
head -c 300000 /dev/zero >/tmp/upload
shop_requests 20 0.1 -X POST --data-binary @/tmp/upload
