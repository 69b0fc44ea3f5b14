give_back /etc/redis/redis.conf
systemctl reset-failed redis-server.service
systemctl start redis-server.service "$SHOP_UNIT"
wait_until 15 accepts "$SHOP_ADDRESS"
