# Both peers of the upstream are stopped: the first requests find out, the next ones are not even tried.
visitors
second_checkout
reload_nginx
systemctl stop "$SHOP_UNIT" "$SECOND_UNIT"
shop_requests 40
