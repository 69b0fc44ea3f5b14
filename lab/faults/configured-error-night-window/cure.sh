sed -i 's/T\[0-3\]/T0[1-3]/' /etc/nginx/night.conf
reload_nginx
shop_as_shipped
