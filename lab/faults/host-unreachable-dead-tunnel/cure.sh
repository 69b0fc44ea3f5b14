shop_as_shipped
ip link del tun0
