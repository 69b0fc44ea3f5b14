checkout_command "$(checkout_at "unix:/srv/volume2/apps/$SHOP_APP/app.sock")"
systemctl restart "$SHOP_UNIT"
wait_until 15 accepts "unix:/srv/volume2/apps/$SHOP_APP/app.sock"
