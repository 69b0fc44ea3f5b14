# The unit is inactive because somebody stopped it and started nginx from a shell.
visitors
systemctl stop nginx.service
systemd-run -q --unit=session-3 --scope /usr/sbin/nginx
requests "$WWW_SITE" / 10
