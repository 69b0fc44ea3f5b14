# The unit of the application may have 20 descriptors; requests that take 4 s hold one each, and it cannot accept more.
visitors
mkdir -p "/etc/systemd/system/$SHOP_UNIT.d"
checkout_settings APP_DELAY=4
checkout_threads 200
printf '[Service]\nLimitNOFILE=20\n' >"/etc/systemd/system/$SHOP_UNIT.d/limits.conf"
systemctl daemon-reload
systemctl restart "$SHOP_UNIT"
wait_until 15 listens_at "$SHOP_ADDRESS"
shop_timeout read 6
reload_nginx
systemd-run -q --collect --unit=visitors bash -c "for i in {1..900}; do curl -s -m 20 -o /dev/null -H 'Host: $SHOP_SITE' http://127.0.0.1${SHOP_PATH}cart & sleep 0.1; done; wait"
sleep 6
shop_requests 40 0.1 -m 30
