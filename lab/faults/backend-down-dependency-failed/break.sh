# The application wants its cache to run (Requires=, After=). The cache has had a mistake in its settings for weeks; this night's restart of both found it: "Dependency failed", and the application was not even tried.
mkdir -p "/etc/systemd/system/$SHOP_UNIT.d"
printf '[Unit]\nRequires=redis-server.service\nAfter=redis-server.service\n' >"/etc/systemd/system/$SHOP_UNIT.d/cache.conf"
systemctl daemon-reload
systemctl start redis-server.service
systemctl restart "$SHOP_UNIT"
wait_until 15 accepts "$SHOP_ADDRESS"
visitors
keep /etc/redis/redis.conf
echo 'maxmemory-polcy allkeys-lru' >>/etc/redis/redis.conf
systemctl restart redis-server.service || true
systemctl start "$SHOP_UNIT" 2>/dev/null || true
wait_until 20 is_failed redis-server.service
shop_requests 30
