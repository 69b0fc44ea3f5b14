systemctl start redis-server.service
systemctl stop "$SHOP_UNIT"
give_back "$SHOP_DIR/app.py"
systemctl start "$SHOP_UNIT"
wait_until 15 accepts "$SHOP_ADDRESS"
