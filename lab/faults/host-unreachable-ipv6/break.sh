# The backend's name got an IPv6 address, and this host has no IPv6 route.
visitors
shop_points_to "[2001:db8:77::10]:$SHOP_PORT"
reload_nginx
shop_requests 20
