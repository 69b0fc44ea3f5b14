# A line in /etc/hosts held the backend's name at its old place while it moved. The line was taken out afterwards, so that DNS counts again; nginx still has what the line said.
name_server 53 checkout.internal=127.0.0.3
echo "nameserver 127.0.0.1" >/etc/resolv.conf
echo "127.0.0.2 checkout.internal" >>/etc/hosts
checkout_moves_to "127.0.0.2:$SHOP_PORT"
shop_points_to "checkout.internal:$SHOP_PORT"
reload_nginx
visitors
shop_requests 3 >/dev/null
sleep 1
checkout_moves_to "127.0.0.3:$SHOP_PORT"
sed -i '/ checkout\.internal$/d' /etc/hosts
shop_requests 20
