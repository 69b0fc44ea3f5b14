https_site_gone
systemctl start "$SHOP_UNIT"
wait_until 15 accepts "$SHOP_ADDRESS"
