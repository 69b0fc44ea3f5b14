# One of two peers is stopped and nginx may not try the other one: about half of the requests fail.
visitors
second_checkout
shop_with "s/server \($SHOP_ADDRESS\|$SECOND_ADDRESS\);/server \1 max_fails=0;/"
shop_directive "${SHOP_PROTOCOL}_next_upstream off;"
reload_nginx
systemctl stop "$SECOND_UNIT"
shop_requests 40
