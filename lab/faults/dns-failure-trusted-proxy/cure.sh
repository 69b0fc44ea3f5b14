shop_as_shipped
rm -f /etc/nginx/snippets/visitors.conf
