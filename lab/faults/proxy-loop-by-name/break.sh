# The site's own name stands in proxy_pass, and /etc/hosts leads it back here.
visitors
echo "127.0.0.1 $SHOP_SITE" >>/etc/hosts
shop_points_to "$SHOP_SITE:80"
reload_nginx
shop_requests 6 0.5
