systemctl stop import.service
shop_as_shipped
