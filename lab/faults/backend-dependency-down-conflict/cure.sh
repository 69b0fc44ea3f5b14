systemctl disable -q --now search-index.service
systemctl start catalogue-db.service
wait_until 10 listens_on "$SPARE_PORT"
shop_requests 1
systemctl stop "$SHOP_UNIT"
give_back "$SHOP_DIR/app.py"
systemctl start "$SHOP_UNIT"
wait_until 15 accepts "$SHOP_ADDRESS"
