shop_as_shipped
systemctl stop name-server.service
