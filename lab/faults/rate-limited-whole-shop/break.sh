# To protect a small backend somebody allowed the whole shop twelve connections at a time (limit_conn by server name); the newsletter went out, and visitors of many addresses are refused.
visitors
# Of this morning: the service was restarted while people were there.
systemctl stop "$SHOP_UNIT"
(unnoted=1 && shop_requests 4 >/dev/null)
systemctl start "$SHOP_UNIT"
wait_until 15 accepts "$SHOP_ADDRESS"
http_directive 'limit_conn_zone $server_name zone=whole_site:1m;'
shop_server_directive 'limit_conn whole_site 12;'
reload_nginx
checkout_settings APP_DELAY=1.5
checkout_threads 60
unnoted=1
for n in $(seq 1 90); do requests "$SHOP_SITE" "${SHOP_PATH}cart" 1 0 --interface "127.0.9.$n" & sleep 0.03; done
wait
unnoted=
noted shop_requests 60 0.02
