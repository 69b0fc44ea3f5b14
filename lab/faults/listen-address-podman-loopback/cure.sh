podman rm -f "$SHOP_APP" >/dev/null
checkout_container podman -p "$SHOP_ADDRESS:8000" -- 0.0.0.0 8000
wait_until 15 accepts "$SHOP_ADDRESS"
