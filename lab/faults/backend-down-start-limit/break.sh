# A deployment restarts the service before its settings are in place; systemd gives up after five quick starts.
visitors
mkdir -p /etc/checkout-api
echo CHECKOUT_SETTINGS=/etc/checkout-api/settings.json >/etc/default/checkout-api
systemctl restart checkout-api.service
wait_until 30 is_failed checkout-api.service
# The settings arrive too late: a start would work now, but nobody starts it.
echo "{}" >/etc/checkout-api/settings.json
requests shop.example.com /cart 30
