systemctl start "$SHOP_UNIT"
second_nginx_gone edge-nginx.service
