shop_with "s|$(plain_text "${SHOP_PASS%;}")\$|$SHOP_PASS|"
systemctl start nginx.service
