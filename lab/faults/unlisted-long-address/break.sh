# The search of the shop puts every choice of its visitor into the address; with many of them it is longer than nginx takes.
visitors
shop_requests 4 >/dev/null
long=$(printf 'a%.0s' {1..9000})
requests "$SHOP_SITE" "${SHOP_PATH}cart?choice=$long" 30
