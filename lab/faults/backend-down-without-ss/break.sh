# A slim host: iproute2's ss was never installed. The backend of the shop is stopped.
visitors
mv "$(command -v ss)" /root/ss.away
systemctl stop "$SHOP_UNIT"
shop_requests 30
