systemctl reset-failed nginx-check.service
rm /etc/systemd/system/nginx-check.service
systemctl daemon-reload
