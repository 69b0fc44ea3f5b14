visitors
systemctl stop checkout-api.service
requests shop.example.com /cart 30
