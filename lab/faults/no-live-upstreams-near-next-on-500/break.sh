# The application answers 500 to everything. nginx counts each 500 as a failed server (proxy_next_upstream http_500), so that most visitors see its 502 and "no live upstreams".
second_checkout
shop_directive 'proxy_next_upstream error timeout http_500;'
reload_nginx
visitors
echo APP_FAIL=1 >"$SHOP_SETTINGS"
systemctl restart "$SHOP_UNIT" "$SECOND_UNIT"
wait_until 15 listens_at "$SHOP_ADDRESS"
wait_until 15 listens_at "$SECOND_ADDRESS"
shop_requests 40
