# The application is killed and nobody brings it back; what it listened on stays as a file.
visitors
mkdir -p "/etc/systemd/system/$SHOP_UNIT.d"
printf '[Service]\nRestart=no\nRuntimeDirectoryPreserve=yes\n' >"/etc/systemd/system/$SHOP_UNIT.d/restart.conf"
systemctl daemon-reload
systemctl kill --signal=KILL "$SHOP_UNIT"
wait_until 10 is_failed "$SHOP_UNIT"
shop_requests 30
