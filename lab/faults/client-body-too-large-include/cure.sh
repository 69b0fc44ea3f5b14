rm -f /tmp/upload
shop_as_shipped
rm -f /etc/nginx/snippets/request-limits.conf
