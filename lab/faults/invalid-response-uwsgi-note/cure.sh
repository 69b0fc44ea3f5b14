sed -i 's|("X-Shop-Note", [^)]*), ||' "$SHOP_DIR/app.py"
systemctl restart "$SHOP_UNIT"
wait_until 15 listens_at "$SHOP_ADDRESS"
