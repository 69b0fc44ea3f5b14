shop_as_shipped
checkout_as_shipped
rm -f /etc/nginx/lab.key /etc/nginx/lab.pem
