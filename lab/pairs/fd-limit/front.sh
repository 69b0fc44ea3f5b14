shop_timeout read 6
reload_nginx
systemd-run -q --collect --unit=visitors bash -c "for i in {1..900}; do curl -s -m 20 -o /dev/null -H 'Host: $SHOP_SITE' http://127.0.0.1${SHOP_PATH}cart & sleep 0.1; done; wait"
sleep 6
shop_requests 40 0.1 -m 30
