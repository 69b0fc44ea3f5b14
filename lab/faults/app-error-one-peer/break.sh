# The new release went to one of two instances first, and that one answers 500 to everything: half of the visitors see it.
second_checkout
mkdir -p "/etc/systemd/system/$SECOND_UNIT.d"
printf '[Service]\nEnvironment=APP_FAIL=1\n' >"/etc/systemd/system/$SECOND_UNIT.d/release.conf"
systemctl daemon-reload
reload_nginx
visitors
systemctl restart "$SECOND_UNIT"
wait_until 15 listens_at "$SECOND_ADDRESS"
shop_requests 40
