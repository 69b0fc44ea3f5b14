# The service was told to listen on "localhost"; Node.js takes the first address of that name since version 17, and that is ::1 here.
visitors
mkdir -p "/etc/systemd/system/$SHOP_UNIT.d"
printf '[Service]\nEnvironment=HOST=localhost\n' >"/etc/systemd/system/$SHOP_UNIT.d/host.conf"
systemctl daemon-reload
systemctl restart "$SHOP_UNIT"
wait_until 15 accepts "[::1]:$SHOP_PORT"
shop_requests 30
