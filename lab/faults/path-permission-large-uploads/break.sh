# The application takes uploads as its framework does: small ones are written with the usual modes, large ones are moved from a temporary file with 0600. Beside it a full disk that nobody uses.
visitors
mkdir -p /srv/media/pictures /mnt/old-backup
mount -t tmpfs -o size=64k tmpfs /mnt/old-backup
head -c 65536 /dev/zero >/mnt/old-backup/full 2>/dev/null || true
for i in {1..9}; do echo picture >"/srv/media/pictures/small-$i.jpg"; done
echo picture >/srv/media/pictures/large-1.jpg
chown -R backup:backup /srv/media
chmod -R a+rX /srv/media
chmod 0600 /srv/media/pictures/large-1.jpg
shop_server_directive 'location /media/ { alias /srv/media/; }'
reload_nginx
for i in {1..9}; do requests "$SHOP_SITE" "/media/pictures/small-$i.jpg" 8 0.02; done
requests "$SHOP_SITE" /media/pictures/large-1.jpg 12 0.1
