# A rebuild puts a flag that keeps the application from starting (ConditionPathExists=!), and broke off; the restart was skipped without any error.
mkdir -p "/etc/systemd/system/$SHOP_UNIT.d" "/var/lib/$SHOP_APP"
printf '[Unit]\nConditionPathExists=!/var/lib/%s/rebuild.flag\n' "$SHOP_APP" >"/etc/systemd/system/$SHOP_UNIT.d/rebuild.conf"
systemctl daemon-reload
systemctl restart "$SHOP_UNIT"
wait_until 15 accepts "$SHOP_ADDRESS"
visitors
touch "/var/lib/$SHOP_APP/rebuild.flag"
systemctl restart "$SHOP_UNIT"
shop_requests 30
