# The folder of the pid file is there and open to nginx; the small file system that it is has no inode left.
visitors
keep /etc/nginx/nginx.conf
mkdir -p /run/nginx
mount -t tmpfs -o size=1m,nr_inodes=16,mode=0755 tmpfs /run/nginx
sed -i 's|^pid .*|pid /run/nginx/nginx.pid;|' /etc/nginx/nginx.conf
nginx_unit_with PIDFile=/run/nginx/nginx.pid
for i in {1..40}; do touch "/run/nginx/session-$i.lock" 2>/dev/null || break; done
systemctl restart nginx.service || true
requests "$WWW_SITE" / 10
