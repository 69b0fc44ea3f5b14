# Both services were restarted at once for an update. Each failed request counted, and the configuration keeps a failed server out for an hour (fail_timeout=1h): both run again, and nginx asks neither.
second_checkout
shop_with "s/^\([ \t]*\)server \($SHOP_ADDRESS\|$SECOND_ADDRESS\);/\1server \2 max_fails=1 fail_timeout=1h;/"
shop_with "s/^\([ \t]*\)server $SHOP_ADDRESS max_fails/\1zone shop_pool 64k;\n&/"
reload_nginx
visitors
systemctl stop "$SHOP_UNIT" "$SECOND_UNIT"
shop_requests 10 >/dev/null
systemctl start "$SHOP_UNIT" "$SECOND_UNIT"
wait_until 15 accepts "$SHOP_ADDRESS"
wait_until 15 accepts "$SECOND_ADDRESS"
shop_requests 30
