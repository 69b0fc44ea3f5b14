# nginx is a build of its own below /opt, with unit, prefix, logs and pid file of its own; the package's is installed and off.
own_build edge.service
visitors
systemctl stop "$SHOP_UNIT"
shop_requests 30
