# A hardening drop-in gives the application a network of its own: it runs and listens on the right address, where nobody else can reach it.
visitors
mkdir -p "/etc/systemd/system/$SHOP_UNIT.d"
printf '[Service]\nPrivateNetwork=yes\n' >"/etc/systemd/system/$SHOP_UNIT.d/hardening.conf"
systemctl daemon-reload
systemctl restart "$SHOP_UNIT"
sleep 1
shop_requests 30
