# The last release of the application listens on a unix socket, as its other hosts have it; the nginx of this one is on another machine.
checkout_command "/usr/bin/gunicorn --bind unix:/run/$SHOP_APP/app.sock --workers 1 --threads 8 --access-logfile - app:app"
printf '[Service]\nRuntimeDirectory=%s\n' "$SHOP_APP" >"/etc/systemd/system/$SHOP_UNIT.d/socket.conf"
systemctl daemon-reload
systemctl restart "$SHOP_UNIT"
wait_until 15 listens_at "unix:/run/$SHOP_APP/app.sock"
