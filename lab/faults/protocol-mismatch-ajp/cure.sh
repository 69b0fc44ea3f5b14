sed -i 's|^\(ExecStart=.*\) ajp$|\1 http|' /etc/systemd/system/reports.service
systemctl daemon-reload
systemctl restart reports.service
wait_until 10 listens_on "$SPARE_PORT"
