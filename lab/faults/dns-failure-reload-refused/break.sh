# The same mistake under a running nginx: the reload is refused, the old configuration serves on.
visitors
shop_points_to "checkout.invalid:$SHOP_PORT"
systemctl reload nginx.service || true
shop_requests 10
