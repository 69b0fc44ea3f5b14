# A clean-up of old secrets took the environment file that the unit cannot do without; the next restart did not get as far as the program.
visitors
mkdir -p "/etc/$SHOP_APP" "/etc/systemd/system/$SHOP_UNIT.d"
echo APP_DELAY=0 >"/etc/$SHOP_APP/secrets.env"
printf '[Service]\nEnvironmentFile=/etc/%s/secrets.env\n' "$SHOP_APP" >"/etc/systemd/system/$SHOP_UNIT.d/secrets.conf"
systemctl daemon-reload
systemctl restart "$SHOP_UNIT"
wait_until 15 accepts "$SHOP_ADDRESS"
shop_requests 3 >/dev/null
rm "/etc/$SHOP_APP/secrets.env"
systemctl restart "$SHOP_UNIT" 2>/dev/null || true
wait_until 20 is_failed "$SHOP_UNIT"
shop_requests 30
