# The first start failed for a name, which is in /etc/hosts since; the second one for a key that was never copied to this host.
visitors
shop_points_to "checkout-backend:$SHOP_PORT"
systemctl restart nginx.service || true
echo "127.0.0.1 checkout-backend" >>/etc/hosts
certificate /etc/nginx/tls/secure 90
https_site /etc/nginx/tls/secure.crt /etc/nginx/tls/secure.key
rm /etc/nginx/tls/secure.key
systemctl restart nginx.service || true
requests "$WWW_SITE" / 5
