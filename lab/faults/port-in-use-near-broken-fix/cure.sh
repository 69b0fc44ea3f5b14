systemctl reset-failed nginx.service
shop_as_shipped
