# The service cannot start, so systemd gives up the socket that it held for it.
visitors
mkdir -p /etc/checkout
echo APP_SETTINGS=/etc/checkout/settings.json >"$SHOP_SETTINGS"
systemctl stop "$SHOP_UNIT"
shop_requests 5 0.3 -m 20 >/dev/null
wait_until 60 is_failed "$SHOP_SOCKET_UNIT"
shop_requests 20
