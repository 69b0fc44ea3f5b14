# A semicolon is missing and nginx was restarted: it did not come back.
visitors
shop_with "s|$(plain_text "$SHOP_PASS")\$|${SHOP_PASS%;}|"
systemctl restart nginx.service || true
requests "$WWW_SITE" / 10
