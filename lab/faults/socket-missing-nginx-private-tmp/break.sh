# The socket stands in /tmp, where root sees it; a hardening drop-in gave nginx a /tmp of its own, and in there it is not.
socket=/tmp/$SHOP_APP.sock
checkout_command "$(checkout_at "unix:$socket")"
systemctl restart "$SHOP_UNIT"
wait_until 15 test -S "$socket"
shop_points_to "unix:$socket"
reload_nginx
visitors
nginx_unit_with 'PrivateTmp=yes' 'NoNewPrivileges=yes'
systemctl restart nginx.service
shop_requests 30
