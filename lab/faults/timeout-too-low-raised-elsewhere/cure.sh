shop_as_shipped
rm -f /etc/nginx/snippets/api-defaults.conf
checkout_as_shipped
