# A tool that bans addresses by routes took the backend's host for an attacker.
shop_requests 4 >/dev/null
ip route add unreachable "${SHOP_ADDRESS%:*}/32"
shop_requests 25
