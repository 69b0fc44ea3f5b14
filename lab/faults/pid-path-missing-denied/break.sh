# The unit starts nginx as an ordinary user, who may not write the pid file where it was always.
visitors
nginx_unit_with User=www-data AmbientCapabilities=CAP_NET_BIND_SERVICE
systemctl restart nginx.service || true
requests "$WWW_SITE" / 10
