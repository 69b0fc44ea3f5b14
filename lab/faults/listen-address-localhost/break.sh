# localhost has two addresses on a host with IPv6, the service only one of them. nginx tries the next peer, so every request ends
# well, after one line in the error log whenever ::1 was tried first.
visitors
shop_points_to "localhost:$SHOP_PORT"
reload_nginx
shop_requests 60 0.25
