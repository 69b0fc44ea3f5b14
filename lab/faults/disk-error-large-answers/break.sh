# Large answers of one location are kept on a scratch disk; that went read-only while nginx ran.
visitors
mkdir -p /srv/scratch
mount -t tmpfs -o size=90m,mode=0700,uid=$(id -u www-data) tmpfs /srv/scratch
truncate -s 60M "$WWW_DIR/export.bin"
other_server export.service 127.0.0.1 "$SPARE_PORT"
shop_location /export.bin "proxy_pass http://127.0.0.1:$SPARE_PORT;\\n\\1${INDENT}proxy_temp_path /srv/scratch 1 2;"
reload_nginx
mount -o remount,ro /srv/scratch
requests "$SHOP_SITE" /export.bin 12 0.3 --limit-rate 200k -m 4
