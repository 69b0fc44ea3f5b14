# nginx did not start when the name was missing; the name is back, and nobody has started nginx.
visitors
shop_points_to "checkout-backend:$SHOP_PORT"
systemctl restart nginx.service || true
echo "127.0.0.1 checkout-backend" >>/etc/hosts
requests "$WWW_SITE" / 5
