# The unit starts nginx as an ordinary user, who may not write the pid file where it was always.
visitors
systemctl stop nginx.service
nginx_unit_with User=www-data AmbientCapabilities=CAP_NET_BIND_SERVICE
systemctl start nginx.service || true
requests "$WWW_SITE" / 10
