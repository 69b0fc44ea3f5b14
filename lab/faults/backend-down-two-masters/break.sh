# A second nginx with a configuration of its own serves on another port; the first one has lost its backend.
second_nginx edge-nginx.service "$SPARE_PORT2"
visitors
systemctl stop "$SHOP_UNIT"
shop_requests 30
