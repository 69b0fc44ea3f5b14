# A job keeps the CPUs busy at the lowest priority, which hurts nobody; the shop is down for another reason.
visitors
systemd-run -q --collect --unit=nightly-index --nice=19 bash -c 'for i in 1 2 3 4; do setsid bash -c "while :; do :; done" & done; wait'
systemctl stop "$SHOP_UNIT"
shop_requests 25
