# One of two instances hangs: every other visitor waits two seconds, and is then served by the other one.
second_checkout
shop_timeout read 2
reload_nginx
visitors
systemctl kill --signal=STOP "$SECOND_UNIT"
shop_requests 60 0.25
