ln -sfn /usr/bin/python3 "/opt/$SHOP_APP/venv/bin/python3"
systemctl reset-failed "$SHOP_UNIT"
systemctl start "$SHOP_UNIT"
wait_until 15 accepts "$SHOP_ADDRESS"
