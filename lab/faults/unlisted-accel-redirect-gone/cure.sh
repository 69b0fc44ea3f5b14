shop_as_shipped
systemctl stop downloads.service
rm -f /srv/downloads.py /etc/systemd/system/downloads.service
systemctl daemon-reload
