systemctl disable -q --now console.socket
systemctl stop console.service
rm -f /etc/systemd/system/console.socket /etc/systemd/system/console.service
systemctl daemon-reload
nginx_unit_as_shipped
