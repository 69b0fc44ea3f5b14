shop_with s/localhost:8080/127.0.0.1:8080/
reload_nginx
