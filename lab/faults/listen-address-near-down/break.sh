# Both addresses of localhost refuse, because the service is stopped.
visitors
shop_with s/127.0.0.1:8080/localhost:8080/
reload_nginx
systemctl stop checkout-api.service
requests shop.example.com /cart 30
