# The package with the local name server was removed; the link /etc/resolv.conf leads to a file of it that is not there any more. nginx came to be restarted by an update.
visitors
name_server 53 checkout.shop.internal=127.0.0.1
printf 'nameserver 127.0.0.1\n' >/etc/resolv.conf
shop_points_to "checkout.shop.internal:$SHOP_PORT"
reload_nginx
shop_requests 5 >/dev/null
systemctl stop name-server.service
mv /etc/resolv.conf /etc/resolv.conf.lab
ln -s ../run/systemd/resolve/stub-resolv.conf /etc/resolv.conf
systemctl restart nginx.service || true
requests "$WWW_SITE" / 5
