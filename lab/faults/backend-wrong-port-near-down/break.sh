# The service is stopped; what listens on a neighbouring port is something else.
visitors
systemd-run -q --unit=metrics-exporter /usr/bin/python3 -m http.server --bind 127.0.0.1 8081
wait_until 10 listens_on 8081
systemctl stop checkout-api.service
requests shop.example.com /cart 30
