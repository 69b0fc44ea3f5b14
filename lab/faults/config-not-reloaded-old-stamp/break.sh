# The service moved, and its site came by rsync, with the stamp it had on the machine where it was written days ago; nobody reloaded nginx.
visitors
checkout_moves_to "127.0.0.1:$SPARE_PORT"
shop_points_to "127.0.0.1:$SPARE_PORT"
for file in "$SHOP_CONF" "$SHOP_UPSTREAM_CONF"; do touch -d '3 days ago' "$(realpath "$file")"; done
shop_requests 30
