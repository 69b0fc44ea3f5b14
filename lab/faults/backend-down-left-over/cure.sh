kill "$(cat /run/old-deploy.pid)"
systemctl reset-failed "$SHOP_UNIT"
systemctl start "$SHOP_UNIT"
wait_until 15 accepts "$SHOP_ADDRESS"
