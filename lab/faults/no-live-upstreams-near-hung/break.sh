# Both servers of the upstream hang at once, on a lock that they share. After the first time-outs nginx asks neither for a while, and the newest lines only say that nobody is left.
second_checkout
shop_timeout read 2
reload_nginx
visitors
systemctl kill --signal=STOP "$SHOP_UNIT" "$SECOND_UNIT"
shop_requests 40 0.2
