rm -f /var/lib/redis/dump-before-upgrade.rdb
redis-cli bgsave >/dev/null
wait_until 10 sh -c 'redis-cli info persistence | grep -q rdb_last_bgsave_status:ok'
systemctl stop "$SHOP_UNIT"
give_back "$SHOP_DIR/app.py"
checkout_as_shipped
systemctl disable -q --now redis-server.service
umount /var/lib/redis
