mount -o remount,rw /srv/cache
nginx_unit_as_shipped
