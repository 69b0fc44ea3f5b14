# The second peer is being rebuilt: marked down in the configuration and stopped. The first one serves everybody.
second_checkout
shop_with "s/server $SECOND_ADDRESS;/server $SECOND_ADDRESS down;/"
reload_nginx
systemctl disable -q --now "$SECOND_UNIT"
shop_requests 30
