# 150 MB of one line that a client can have written as often as it likes, then the fault.
visitors
line="$(date '+%Y/%m/%d %H:%M:%S') [error] 77#77: *1 client intended to send too large body: 10485761 bytes, client: 198.51.100.7, server: $SHOP_SITE, request: \"POST ${SHOP_PATH}cart HTTP/1.1\", host: \"$SHOP_SITE\""
# Ended early on purpose: yes is killed by head.
{ yes "$line" || true; } | head -c 150000000 | sed '$d' >>"$ERROR_LOG"
systemctl stop "$SHOP_UNIT"
shop_requests 30
