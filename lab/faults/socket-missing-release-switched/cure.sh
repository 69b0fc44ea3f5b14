systemctl restart "$SHOP_UNIT"
wait_until 15 accepts "unix:/srv/apps/$SHOP_APP/current/run/app.sock"
