# The same mistake under a running nginx: it serves on, and would not survive a restart.
visitors
shop_with "s|$(plain_text "$SHOP_PASS")\$|${SHOP_PASS%;}|"
systemctl reload nginx.service || true
shop_requests 10
