systemctl start "$SHOP_UNIT"
wait_until 15 accepts "$SHOP_ADDRESS"
give_back /etc/nginx/nginx.conf
nginx_unit_as_shipped
