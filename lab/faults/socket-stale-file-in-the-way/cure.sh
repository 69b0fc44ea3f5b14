rm -f "/srv/$SHOP_APP-run/app.sock"
systemctl reset-failed "$SHOP_UNIT"
systemctl start "$SHOP_UNIT"
wait_until 15 listens_at "unix:/srv/$SHOP_APP-run/app.sock"
