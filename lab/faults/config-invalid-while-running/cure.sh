shop_with "s|$(plain_text "${SHOP_PASS%;}")\$|$SHOP_PASS|"
reload_nginx
