# The host's own address instead of the backend's; nginx listens there as well.
visitors
own=$(ip -4 -o address show dev host0 | awk '{ sub(/\/.*/, "", $4); print $4; exit }')
shop_points_to "$own:80"
reload_nginx
shop_requests 6 0.5
