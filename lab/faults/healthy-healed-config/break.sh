# The mistake was mended and loaded again before anybody looked.
visitors
shop_with "s|$(plain_text "$SHOP_PASS")\$|${SHOP_PASS%;}|"
systemctl reload nginx.service || true
shop_requests 5 >/dev/null
shop_as_shipped
shop_requests 20
