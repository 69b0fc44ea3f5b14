# nginx runs, started from a shell with the same configuration; somebody then starts the unit, which fails.
visitors
systemctl stop nginx.service
systemd-run -q --unit=session-3 --scope /usr/sbin/nginx
wait_until 10 listens_on 80
systemctl start nginx.service || true
requests "$WWW_SITE" / 10
