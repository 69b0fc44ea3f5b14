systemctl start redis-server.service
wait_until 10 listens_on 6379
systemctl stop "$SHOP_UNIT"
give_back "$SHOP_DIR/app.py"
systemctl start "$SHOP_UNIT"
wait_until 15 accepts "$SHOP_ADDRESS"
