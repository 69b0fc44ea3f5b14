shop_as_shipped
systemctl stop labels.service
rm -f /srv/labels.py /etc/systemd/system/labels.service
systemctl daemon-reload
