shop_as_shipped
systemctl stop alias-server.service
rm -f /srv/alias-server.py
