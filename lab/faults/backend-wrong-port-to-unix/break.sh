# The application went over from TCP to a unix socket with its last release; the site was not told.
visitors
case $SHOP_KIND in
php-tcp)
  keep "$SHOP_FPM_CONF"
  sed -i "s|^listen = .*|listen = /run/php/$SHOP_APP.sock\nlisten.owner = www-data\nlisten.group = www-data|" "$SHOP_FPM_CONF"
  new=/run/php/$SHOP_APP.sock
  ;;
*)
  new=/run/$SHOP_APP/app.sock
  checkout_command "/usr/bin/gunicorn --bind unix:$new --workers 1 --threads 8 --access-logfile - app:app"
  printf '[Service]\nRuntimeDirectory=%s\n' "$SHOP_APP" >"/etc/systemd/system/$SHOP_UNIT.d/socket.conf"
  systemctl daemon-reload
  ;;
esac
systemctl restart "$SHOP_UNIT"
wait_until 15 listens_at "unix:$new"
shop_requests 30
