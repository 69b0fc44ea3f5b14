# The service is stopped; what listens on a neighbouring port is something else.
visitors
systemd-run -q --unit=metrics-exporter /usr/bin/python3 -m http.server --bind 127.0.0.1 "$SPARE_PORT"
wait_until 10 listens_on "$SPARE_PORT"
systemctl stop "$SHOP_UNIT"
shop_requests 30
