# A second front server was to reach the application, so somebody changed its address from 127.0.0.1 to the one of the network card; the nginx beside it still goes by loopback.
usual_day
address=$(ip -4 -o address show dev eth0 | sed "s|.* inet \([0-9.]*\)/.*|\1|")
checkout_moves_to "$address:$SHOP_PORT"
shop_requests 30
