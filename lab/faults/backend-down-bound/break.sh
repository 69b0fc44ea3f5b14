# The application is bound to the cache it uses (BindsTo=): an upgrade stopped the cache, systemd stopped both, and only the cache came back.
visitors
systemctl start redis-server.service
mkdir -p "/etc/systemd/system/$SHOP_UNIT.d"
printf '[Unit]\nBindsTo=redis-server.service\nAfter=redis-server.service\n' >"/etc/systemd/system/$SHOP_UNIT.d/cache.conf"
systemctl daemon-reload
systemctl restart "$SHOP_UNIT"
wait_until 15 accepts "$SHOP_ADDRESS"
shop_requests 3 >/dev/null
systemctl stop redis-server.service
systemctl start redis-server.service
shop_requests 30
