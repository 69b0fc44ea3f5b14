systemctl start "$SHOP_UNIT"
systemctl restart "$BLOG_UNIT"
wait_until 15 accepts "$SHOP_ADDRESS"
