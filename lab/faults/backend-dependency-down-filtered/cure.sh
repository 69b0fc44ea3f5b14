nft delete table inet hardening
shop_requests 1
systemctl stop "$SHOP_UNIT"
give_back "$SHOP_DIR/app.py"
systemctl start "$SHOP_UNIT"
wait_until 15 accepts "$SHOP_ADDRESS"
