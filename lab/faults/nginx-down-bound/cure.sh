nginx_unit_as_shipped
rm /etc/systemd/system/tenant-settings.service
systemctl daemon-reload
