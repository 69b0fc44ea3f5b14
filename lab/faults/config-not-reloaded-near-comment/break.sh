# Only a comment changed since nginx started; the service is stopped.
visitors
shop_with "1s/^/# Asked for by the shop team.\n/"
systemctl stop "$SHOP_UNIT"
shop_requests 30
