chmod 0755 /var/lib/nginx
shop_as_shipped
