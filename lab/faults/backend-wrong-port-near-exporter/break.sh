# The backend was started by hand and is gone; the only other listener of this host is an exporter that nobody proxies to.
visitors
printf '[Service]\nExecStart=/usr/bin/python3 -m http.server 9100 --bind 127.0.0.1\nWorkingDirectory=%s\n' "$WWW_DIR" >/etc/systemd/system/metrics.service
systemctl daemon-reload
systemctl start metrics.service
wait_until 10 listens_on 9100
shop_points_to 127.0.0.1:5000
reload_nginx
systemctl stop "$SHOP_UNIT"
shop_requests 30
