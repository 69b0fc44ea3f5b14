systemctl reset-failed a-health-check.service 2>/dev/null || true
rm -f /etc/systemd/system/a-health-check.service /etc/systemd/system/a-leftover.service /etc/systemd/system/a-worker.service
checkout_as_shipped
