# An import wrote its scratch file beside the uploads, removed it, and never let go of it: no file is to be seen, and no byte is free.
visitors
mkdir -p /srv/spool
mount -t tmpfs -o size=4m,mode=0755 tmpfs /srv/spool
shop_server_directive 'client_max_body_size 20m;' 'client_body_temp_path /srv/spool/body 1;'
reload_nginx
systemd-run -q --collect --unit=import bash -c 'exec 3>/srv/spool/import.tmp; rm /srv/spool/import.tmp; head -c 8000000 /dev/zero >&3; exec sleep 100000'
wait_until 10 eval 'df --output=avail /srv/spool | grep -qx " *0"'
head -c 300000 /dev/zero >/tmp/upload
shop_requests 20 0.1 -X POST --data-binary @/tmp/upload
