# One visitor in ten gets the canary, an instance with the next release. Somebody stopped it after the trial and left its share in the configuration.
usual_day
second_checkout
shop_with "/server $SECOND_ADDRESS;/d" \
  "s|^\([ \t]*\)upstream $SHOP_UPSTREAM {|\1split_clients \$request_id \$shop_pool { 10% shop_canary; * $SHOP_UPSTREAM; }\n\1upstream shop_canary { server $SECOND_ADDRESS; }\n&|"
shop_passes 'proxy_pass http://$shop_pool;'
reload_nginx
(unnoted=1 shop_requests 20 >/dev/null)
systemctl stop "$SECOND_UNIT"
shop_requests 80 0.06
