# Some meet the gap; all are served since.
(unnoted=1 && shop_requests 60 0.1 >/dev/null)
sleep 3
shop_requests 40 0.2
