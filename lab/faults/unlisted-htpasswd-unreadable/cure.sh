shop_as_shipped
rm -f /etc/nginx/shop.htpasswd
