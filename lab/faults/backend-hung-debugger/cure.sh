systemctl stop trace-calls.service
systemctl kill --signal=CONT "$SHOP_UNIT"
rm -f /usr/local/bin/trace-calls
wait_until 20 accepts "$SHOP_ADDRESS"
