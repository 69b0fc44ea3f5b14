requests shop.example.com / 5
systemctl stop checkout-api.service
requests shop.example.com /cart 30
requests blog.example.com / 5
