# The upstream is a name of this host itself, whose address changed with a new lease; /etc/hosts followed, nginx has the old one.
ip link add lan0 type veth peer name switch0
ip link set switch0 up
ip link set lan0 up
ip address add 10.91.0.5/24 dev lan0
echo "10.91.0.5 $SHOP_APP.lan" >>/etc/hosts
checkout_moves_to "0.0.0.0:$SHOP_PORT"
shop_points_to "$SHOP_APP.lan:$SHOP_PORT"
reload_nginx
visitors
sleep 2
ip address del 10.91.0.5/24 dev lan0
ip address add 10.91.0.23/24 dev lan0
sed -i "s/^10\.91\.0\.5 /10.91.0.23 /" /etc/hosts
shop_requests 20
