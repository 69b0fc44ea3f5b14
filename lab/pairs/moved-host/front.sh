# The backend moved to this machine from an older one. The name in /etc/hosts followed, the older machine was switched off, and nginx still knows the address from its start.
new=${SHOP_ADDRESS%:*}
old=${new%.*}.77
echo "$old $SHOP_APP.internal" >>/etc/hosts
shop_points_to "$SHOP_APP.internal:$SHOP_PORT"
shop_timeout connect 3
reload_nginx
sleep 2
sed -i "s/^$old /$new /" /etc/hosts
shop_requests 20
