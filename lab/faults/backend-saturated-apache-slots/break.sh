# Somebody cut Apache's slots to two to save memory; pages take 2 s, ten visitors come in a second, and they wait in the queue of its port.
visitors
cat >/etc/apache2/conf-enabled/small.conf <<'APACHE'
ServerLimit 1
StartServers 1
ThreadLimit 2
ThreadsPerChild 2
MinSpareThreads 1
MaxSpareThreads 2
MaxRequestWorkers 2
APACHE
checkout_settings APP_DELAY=2
wait_until 15 accepts "$SHOP_ADDRESS"
shop_timeout read 5
reload_nginx
shop_requests 50 0.1
# Visitors go on while somebody looks.
systemd-run -q --collect --unit=visitors bash -c "for i in {1..600}; do curl -s -m 7 -o /dev/null -H 'Host: $SHOP_SITE' http://127.0.0.1${SHOP_PATH}cart & sleep 0.4; done; wait"
