# The backend's name has got an IPv6 address too; nginx makes a peer of each address, and this host has no route for the new one.
visitors
printf '%s checkout.internal\n2001:db8:77::10 checkout.internal\n' "${SHOP_ADDRESS%:*}" >>/etc/hosts
shop_points_to "checkout.internal:$SHOP_PORT"
reload_nginx
shop_requests 45 0.3
