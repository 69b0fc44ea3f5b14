# A health check, a leftover unit and a worker name the port too, and come first in the alphabet; the backend is another unit.
visitors
printf '[Service]\nType=oneshot\nExecStart=/usr/bin/curl -fsS http://127.0.0.1:8080/health\n' >/etc/systemd/system/a-health-check.service
printf '[Service]\nExecStart=/usr/bin/gunicorn -b 127.0.0.1:8080 old:app\n[Install]\nWantedBy=multi-user.target\n' >/etc/systemd/system/a-leftover.service
printf '[Service]\nEnvironment=API_URL=http://127.0.0.1:8080/api\nExecStart=/bin/sleep infinity\n' >/etc/systemd/system/a-worker.service
systemctl daemon-reload
systemctl start a-worker.service
systemctl stop a-worker.service checkout-api.service
systemctl start a-health-check.service 2>/dev/null || true
requests shop.example.com /cart 30
