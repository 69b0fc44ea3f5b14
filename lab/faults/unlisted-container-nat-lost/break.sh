# Somebody flushes the firewall: the nat rules that carry the published port into the container are gone, and what holds the port
# for podman takes connections without ever answering.
visitors
checkout_unit_gone
containers_ready podman
checkout_container podman -p "$SHOP_ADDRESS:8000" -- 0.0.0.0 8000
wait_until 15 accepts "$SHOP_ADDRESS"
shop_timeout read 3
reload_nginx
shop_requests 5 >/dev/null
iptables -t nat -F
iptables -F
shop_requests 20
