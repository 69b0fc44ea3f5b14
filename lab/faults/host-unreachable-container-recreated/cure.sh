podman rm -f -t 2 "$SHOP_APP" >/dev/null
checkout_container podman --network back --ip 10.91.0.4 -- 0.0.0.0 "$SHOP_PORT"
wait_until 15 accepts "10.91.0.4:$SHOP_PORT"
