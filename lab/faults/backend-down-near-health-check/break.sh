# A health check, a leftover unit and a worker name the port too, and come first in the alphabet; the backend is another unit.
visitors
printf '[Service]\nType=oneshot\nExecStart=/usr/bin/curl -fsS http://%s/health\n' "$SHOP_ADDRESS" >/etc/systemd/system/a-health-check.service
printf '[Service]\nExecStart=/usr/bin/gunicorn -b %s old:app\n[Install]\nWantedBy=multi-user.target\n' "$SHOP_ADDRESS" >/etc/systemd/system/a-leftover.service
printf '[Service]\nEnvironment=API_URL=http://%s/api\nExecStart=/bin/sleep infinity\n' "$SHOP_ADDRESS" >/etc/systemd/system/a-worker.service
systemctl daemon-reload
systemctl start a-worker.service
systemctl stop a-worker.service "$SHOP_UNIT"
systemctl start a-health-check.service 2>/dev/null || true
shop_requests 30
