# The socket stands in /tmp; a hardening drop-in gave the application a /tmp of its own, so that nginx looks for it in another one.
checkout_at_tmp() {
  local socket=/tmp/$SHOP_APP.sock
  [ "$SHOP_KIND" = uwsgi-unix ] || socket=unix:$socket
  printf %s "$SHOP_EXEC" | sed "s|@ADDRESS@|$socket|"
}
checkout_command "$(checkout_at_tmp)"
systemctl restart "$SHOP_UNIT"
wait_until 15 test -S "/tmp/$SHOP_APP.sock"
shop_points_to "unix:/tmp/$SHOP_APP.sock"
reload_nginx
visitors
printf '[Service]\nPrivateTmp=yes\nProtectSystem=full\n' >"/etc/systemd/system/$SHOP_UNIT.d/hardening.conf"
systemctl daemon-reload
systemctl restart "$SHOP_UNIT"
wait_until 15 eval 'ls /tmp/systemd-private-*/tmp/*.sock'
# uwsgi leaves its old socket behind; a clean-up of /tmp takes it.
rm -f "/tmp/$SHOP_APP.sock"
shop_requests 30
