# The unit of the application may have 20 descriptors; requests that take 4 s hold one each, and it cannot accept more.
mkdir -p "/etc/systemd/system/$SHOP_UNIT.d"
checkout_settings APP_DELAY=4
checkout_threads 200
printf '[Service]\nLimitNOFILE=20\n' >"/etc/systemd/system/$SHOP_UNIT.d/limits.conf"
systemctl daemon-reload
systemctl restart "$SHOP_UNIT"
wait_until 15 listens_at "$SHOP_ADDRESS"
