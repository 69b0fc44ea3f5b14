# A container was made anew and got another address; the name followed, nginx did not.
visitors
remote_backend
echo "10.88.0.2 checkout-backend" >>/etc/hosts
shop_with "s|10.88.0.2:$SHOP_PORT|checkout-backend:$SHOP_PORT|"
reload_nginx
shop_requests 5 >/dev/null
sleep 2
systemctl stop backend-container.service
ip -n backend address del 10.88.0.2/24 dev eth0
ip -n backend address add 10.88.0.7/24 dev eth0
ip neigh flush dev br-backend
sed -i 's/10\.88\.0\.2/10.88.0.7/' "$SHOP_DIR/remote.py" /etc/hosts
systemd-run -q --unit=backend-container --property=NetworkNamespacePath=/run/netns/backend /usr/bin/python3 "$SHOP_DIR/remote.py" "$SHOP_PORT"
wait_until 10 accepts "10.88.0.7:$SHOP_PORT"
shop_requests 20
