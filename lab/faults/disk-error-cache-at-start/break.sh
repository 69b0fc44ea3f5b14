# After the boot the disk for page caches came up read-only; the folder of the newest cache was never made on it, and nginx cannot make it.
visitors
mkdir -p /srv/cache
mount -t tmpfs -o size=20m,mode=0755 tmpfs /srv/cache
mkdir /srv/cache/pictures
chown www-data /srv/cache/pictures
mount -o remount,ro /srv/cache
http_directive 'proxy_cache_path /srv/cache/pictures keys_zone=pictures:1m;' 'proxy_cache_path /srv/cache/pages keys_zone=pages:1m;'
systemctl restart nginx.service || true
requests "$WWW_SITE" / 10
