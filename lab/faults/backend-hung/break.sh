# Stopped by a signal: the kernel still accepts connections, the unit is active, and nobody answers.
visitors
shop_timeout read 5
reload_nginx
systemctl kill --signal=STOP "$SHOP_UNIT"
shop_requests 20
