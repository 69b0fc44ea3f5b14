systemctl start checkout-api.service
systemctl stop metrics-exporter.service
