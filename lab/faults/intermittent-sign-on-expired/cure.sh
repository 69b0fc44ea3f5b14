shop_as_shipped
systemctl stop session.service
rm -f /srv/session.py /etc/systemd/system/session.service
systemctl daemon-reload
