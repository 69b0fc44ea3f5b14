systemctl start container-shop.service
wait_until 15 accepts "$SHOP_ADDRESS"
