# A hardening script wrote nsswitch.conf anew, and /etc/hosts, where the name stands, is not asked any more; nginx was restarted.
visitors
echo "127.0.0.1 checkout-backend" >>/etc/hosts
shop_points_to "checkout-backend:$SHOP_PORT"
reload_nginx
shop_requests 5 >/dev/null
keep /etc/nsswitch.conf
sed -i 's/^hosts:.*/hosts: dns/' /etc/nsswitch.conf
systemctl restart nginx.service || true
shop_requests 5
