# A restart failed at a mistake in the configuration; the file was mended since, and nobody started nginx again.
visitors
shop_with "s|$(plain_text "$SHOP_PASS")\$|${SHOP_PASS%;}|"
systemctl restart nginx.service || true
give_back "$SHOP_CONF" "$SHOP_UPSTREAM_CONF"
requests "$SHOP_SITE" "$SHOP_PATH" 10
