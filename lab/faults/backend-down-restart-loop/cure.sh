give_back "$SHOP_DIR/app.py" "$SHOP_DIR/server.js"
rm -r "/etc/systemd/system/$SHOP_UNIT.d"
systemctl daemon-reload
systemctl restart "$SHOP_UNIT"
wait_until 15 accepts "$SHOP_ADDRESS"
