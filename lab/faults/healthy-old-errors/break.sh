# A fault of 40 minutes ago, mended then. The stamps of nginx logs are rewritten to that time by this script: nobody waits 40 minutes.
visitors
systemctl stop "$SHOP_UNIT"
shop_requests 30 >/dev/null
systemctl start "$SHOP_UNIT"
wait_until 10 accepts "$SHOP_ADDRESS"
older_log_lines 40
shop_requests 20
requests "$BLOG_SITE" / 5
