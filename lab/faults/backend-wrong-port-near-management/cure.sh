systemctl start redis-server.service
wait_until 15 accepts "$SHOP_ADDRESS"
