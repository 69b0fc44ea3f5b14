# A deployment restarts the service before its settings are in place; systemd gives up after five starts within two minutes.
visitors
mkdir -p /etc/checkout-api /etc/systemd/system/checkout-api.service.d
printf '[Unit]\nStartLimitIntervalSec=120\n' >/etc/systemd/system/checkout-api.service.d/start-limit.conf
echo CHECKOUT_SETTINGS=/etc/checkout-api/settings.json >/etc/default/checkout-api
systemctl daemon-reload
systemctl restart checkout-api.service
wait_until 60 is_failed checkout-api.service
# The settings arrive too late: a start would work now, but nobody starts it.
echo "{}" >/etc/checkout-api/settings.json
requests shop.example.com /cart 30
