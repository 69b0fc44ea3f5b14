# The program was replaced by an upgrade that restarted nothing; since then workers die by SIGBUS.
visitors
sleep 4 # an upgrade comes later than the start, and stamps are whole seconds
cp -p /usr/sbin/nginx /usr/sbin/nginx.new
mv /usr/sbin/nginx.new /usr/sbin/nginx
systemd-run -q --collect --unit=bad-module bash -c 'for i in {1..300}; do [ -e /proc/$(cat /run/nginx.pid)/exe ] && readlink /proc/$(cat /run/nginx.pid)/exe | grep -q deleted && kill -BUS $(pgrep -P "$(cat /run/nginx.pid)" | head -n 1); sleep 2; done'
shop_requests 60 0.15 | grep -v 000
