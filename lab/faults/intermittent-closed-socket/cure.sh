chmod 0666 /run/labels/labels.sock
requests "$SHOP_SITE" /label 1 | grep -qx 200
