# A release without its setting answered 500 to everybody for a while and filled the journal; the setting is there now, the unit was restarted, and all is served.
visitors
checkout_settings APP_FAIL=1
(unnoted=1 shop_requests 40 0.05 >/dev/null)
checkout_settings APP_DELAY=0
wait_until 15 accepts "$SHOP_ADDRESS"
shop_requests 40
