ufw --force delete reject out to 10.88.0.2 port "$SHOP_PORT" proto tcp
