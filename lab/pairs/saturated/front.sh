shop_timeout read 6
reload_nginx
shop_requests 60 0.1
# Visitors go on while somebody looks.
systemd-run -q --collect --unit=visitors bash -c "for i in {1..400}; do curl -s -m 8 -o /dev/null -H 'Host: $SHOP_SITE' http://127.0.0.1${SHOP_PATH}cart & sleep 0.2; done; wait"
