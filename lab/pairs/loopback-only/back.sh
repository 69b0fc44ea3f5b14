checkout_moves_to "127.0.0.1:$SHOP_PORT"
