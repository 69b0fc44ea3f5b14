sed -i "s|^bind = .*|bind = \"$SHOP_ADDRESS\"|" "$SHOP_DIR/gunicorn.conf.py"
systemctl restart "$SHOP_UNIT"
wait_until 15 accepts "$SHOP_ADDRESS"
