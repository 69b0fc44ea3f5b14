# Two nginx with a backend each, and both backends were stopped: the packaged one answers for the host.
a_backend partner-api.service 127.0.0.1 "$SPARE_PORT"
opt_nginx edge-nginx.service "$SPARE_PORT2" "127.0.0.1:$SPARE_PORT"
visitors
systemctl stop "$SHOP_UNIT" partner-api.service
partner_requests "$SPARE_PORT2" 40 >/dev/null
shop_requests 20
