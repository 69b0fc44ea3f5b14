# The same mistake, and nobody has asked nginx to load it yet.
visitors
shop_with "s|$(plain_text "$SHOP_PASS")\$|${SHOP_PASS%;}|"
shop_requests 10
