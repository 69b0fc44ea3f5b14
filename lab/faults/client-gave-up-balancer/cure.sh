systemctl disable -q --now balancer.service
rm -f /etc/systemd/system/balancer.service /srv/balancer.py
systemctl daemon-reload
shop_as_shipped
checkout_as_shipped
