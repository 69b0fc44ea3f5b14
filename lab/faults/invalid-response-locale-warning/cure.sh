rm -r /etc/systemd/system/stock@.service.d
systemctl daemon-reload
