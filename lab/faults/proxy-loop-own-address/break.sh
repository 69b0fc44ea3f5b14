# The host's own address instead of the backend's; nginx listens there as well.
visitors
own=$(ip -4 -o address show scope global | awk '{ sub(/\/.*/, "", $4); print $4; exit }')
shop_points_to "$own:80"
# Room for the header that grows with each turn, so that it is always the connections that run out.
http_directive "large_client_header_buffers 4 256k;"
reload_nginx
shop_requests 6 0.5
