# One server of the upstream is still marked down since a deployment, and runs; the other one, which took all visitors, was stopped.
second_checkout
shop_with "s/server $SECOND_ADDRESS;/server $SECOND_ADDRESS down;/"
reload_nginx
visitors
systemctl stop "$SHOP_UNIT"
shop_requests 30
