# Addresses of 1,950 characters: nginx cuts each line at 2,048 bytes, before the upstream.
visitors
systemctl stop "$SHOP_UNIT"
long=$(printf 'x%.0s' $(seq 1950))
requests "$SHOP_SITE" "${SHOP_PATH}cart?$long" 25
shop_requests 5
