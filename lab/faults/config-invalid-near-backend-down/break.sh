# The broken file on disk hurts nobody yet: what fails is the stopped service.
visitors
shop_with "s/^    server_name shop.example.com;/    server_name shop.example.com/"
systemctl stop checkout-api.service
requests shop.example.com /cart 30
