# PORT came from an environment file that the unit can do without (EnvironmentFile=-). A clean-up of /etc/default took the file; since the next restart the application listens where its own source says.
sed -i "s|PORT = '3000'|PORT = '$SPARE_PORT'|" "$SHOP_DIR/server.js"
mkdir -p "/etc/systemd/system/$SHOP_UNIT.d"
printf '[Service]\nEnvironment=\n' >"/etc/systemd/system/$SHOP_UNIT.d/settings.conf"
echo "PORT=$SHOP_PORT" >"$SHOP_SETTINGS"
systemctl daemon-reload
systemctl restart "$SHOP_UNIT"
wait_until 15 accepts "$SHOP_ADDRESS"
visitors
rm "$SHOP_SETTINGS"
systemctl restart "$SHOP_UNIT"
wait_until 15 listens_on "$SPARE_PORT"
shop_requests 30
