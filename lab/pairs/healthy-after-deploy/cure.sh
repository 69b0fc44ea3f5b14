give_back "$SHOP_DIR/app.py"
rm -f /usr/local/bin/deploy
systemctl restart "$SHOP_UNIT"
wait_until 15 accepts "$SHOP_ADDRESS"
