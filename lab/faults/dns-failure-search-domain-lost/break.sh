# The upstream has a short name; the DHCP client wrote resolv.conf anew, without the search domain that made it complete.
visitors
name_server 53 checkout-backend.shop.internal=127.0.0.1
printf 'search shop.internal\nnameserver 127.0.0.1\n' >/etc/resolv.conf
shop_points_to "checkout-backend:$SHOP_PORT"
reload_nginx
shop_requests 5 >/dev/null
printf 'nameserver 127.0.0.1\n' >/etc/resolv.conf
systemctl restart nginx.service || true
requests "$WWW_SITE" / 5
