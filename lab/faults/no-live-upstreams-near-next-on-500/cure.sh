rm "$SHOP_SETTINGS"
systemctl restart "$SHOP_UNIT" "$SECOND_UNIT"
wait_until 15 accepts "$SHOP_ADDRESS"
wait_until 15 accepts "$SECOND_ADDRESS"
reload_nginx
