# nginx runs in the time zone of its customers, nine hours ahead of its host: the errors of a restart some seconds ago are stamped with tonight.
visitors
nginx_unit_with 'Environment=TZ=JST-9'
systemctl restart nginx.service
wait_until 10 accepts 127.0.0.1:80
systemctl stop "$SHOP_UNIT"
shop_requests 12 >/dev/null
systemctl start "$SHOP_UNIT"
wait_until 15 accepts "$SHOP_ADDRESS"
shop_requests 30
