systemctl start checkout-api.service
shop_as_shipped
