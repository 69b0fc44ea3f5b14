# An update restarts the two instances one after the other; nginx meets the one that is away and asks the other, so that visitors see nothing of it. The lines in the log are all that is left.
usual_day
second_checkout
shop_with "s/server \($SHOP_ADDRESS\|$SECOND_ADDRESS\);/server \1 max_fails=2 fail_timeout=3s;/"
reload_nginx
for unit in "$SHOP_UNIT" "$SECOND_UNIT"; do
  systemctl stop "$unit"
  (unnoted=1 shop_requests 12 0.1)
  systemctl start "$unit"
  wait_until 15 accepts "$SHOP_ADDRESS"
  wait_until 15 accepts "$SECOND_ADDRESS"
  sleep 3.5
done
shop_requests 40
