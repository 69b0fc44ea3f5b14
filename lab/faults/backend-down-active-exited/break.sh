# The unit only runs a script that puts the application into the background (oneshot, RemainAfterExit=): it was killed, and the unit is "active (exited)" still.
cat >"/usr/local/sbin/$SHOP_APP-start" <<SCRIPT
#!/bin/sh
cd $SHOP_DIR
nohup $(checkout_at "$SHOP_BIND") </dev/null >/dev/null 2>&1 &
SCRIPT
chmod 0755 "/usr/local/sbin/$SHOP_APP-start"
checkout_command "/usr/local/sbin/$SHOP_APP-start"
printf '[Service]\nType=oneshot\nRemainAfterExit=yes\n' >"/etc/systemd/system/$SHOP_UNIT.d/script.conf"
systemctl daemon-reload
systemctl restart "$SHOP_UNIT"
wait_until 15 accepts "$SHOP_ADDRESS"
visitors
systemctl kill --signal=KILL "$SHOP_UNIT"
wait_until 10 eval '! listens_at "$SHOP_ADDRESS"'
[ "$(systemctl is-active "$SHOP_UNIT")" = active ]
shop_requests 30
