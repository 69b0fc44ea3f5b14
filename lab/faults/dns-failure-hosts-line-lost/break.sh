# The name stood in /etc/hosts until the file was written anew; the next restart of nginx did not find it.
visitors
echo "127.0.0.1 checkout-backend" >>/etc/hosts
shop_points_to "checkout-backend:$SHOP_PORT"
reload_nginx
shop_requests 5 >/dev/null
sed -i '/checkout-backend/d' /etc/hosts
systemctl restart nginx.service || true
shop_requests 5
