# The logs have a file system of their own and it is full: nginx serves on, and writes nothing of what goes wrong.
visitors
folder=${ERROR_LOG%/*}
mkdir -p /var/spare-logs
cp -a "$folder/." /var/spare-logs/
mount -t tmpfs -o size=3m,mode=0755 tmpfs "$folder"
cp -a /var/spare-logs/. "$folder/"
reload_nginx
shop_requests 10 >/dev/null
head -c 6000000 /dev/zero >"$folder/debug.log.1" 2>/dev/null || true
shop_requests 20
