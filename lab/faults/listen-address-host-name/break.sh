# The service binds the name of its host, which Debian puts at 127.0.1.1 in /etc/hosts; nginx connects to 127.0.0.1.
visitors
echo "127.0.1.1 $SHOP_APP-host.internal" >>/etc/hosts
checkout_moves_to "$SHOP_APP-host.internal:$SHOP_PORT"
shop_requests 30
