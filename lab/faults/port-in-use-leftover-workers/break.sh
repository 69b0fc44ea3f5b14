# nginx had been started from a shell; its master was killed, and the workers hold the port for ever.
visitors
systemctl stop nginx.service
systemd-run -q --unit=session-4 --scope /usr/sbin/nginx
wait_until 10 listens_on 80
kill -KILL "$(cat /run/nginx.pid)"
systemctl start nginx.service || true
requests "$WWW_SITE" / 10
