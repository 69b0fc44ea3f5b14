ip route del unreachable "${SHOP_ADDRESS%:*}/32"
