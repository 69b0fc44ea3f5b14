# A deployment restarts the service before its settings are in place; systemd gives up after five starts within two minutes.
visitors
mkdir -p "/etc/$SHOP_APP" /etc/systemd/system/"$SHOP_UNIT".d
printf '[Unit]\nStartLimitIntervalSec=120\n' >/etc/systemd/system/"$SHOP_UNIT".d/start-limit.conf
rm -f "/etc/$SHOP_APP/settings.json"
echo APP_SETTINGS="/etc/$SHOP_APP/settings.json" >"$SHOP_SETTINGS"
systemctl daemon-reload
systemctl restart "$SHOP_UNIT"
wait_until 60 is_failed "$SHOP_UNIT"
# The settings arrive too late: a start would work now, but nobody starts it.
echo "{}" >"/etc/$SHOP_APP/settings.json"
shop_requests 30
