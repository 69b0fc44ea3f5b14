shop_with "s/127.0.0.1:8080/[::1]:8080/"
reload_nginx
