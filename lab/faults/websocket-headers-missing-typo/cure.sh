shop_with 's|\$http_upgarde|$http_upgrade|'
reload_nginx
