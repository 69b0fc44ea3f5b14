echo "PORT=$SHOP_PORT" >"$SHOP_SETTINGS"
systemctl restart "$SHOP_UNIT"
wait_until 15 accepts "$SHOP_ADDRESS"
