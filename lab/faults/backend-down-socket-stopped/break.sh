# Maintenance stopped the application and the socket unit that would start it again; nobody started either.
visitors
systemctl stop "$SHOP_SOCKET_UNIT" "$SHOP_UNIT"
shop_requests 30
