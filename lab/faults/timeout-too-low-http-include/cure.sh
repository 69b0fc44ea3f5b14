shop_as_shipped
rm -f /etc/nginx/snippets/fail-fast.conf
checkout_as_shipped
