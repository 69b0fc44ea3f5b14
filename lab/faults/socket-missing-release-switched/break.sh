# The socket stands below the link `current`; a deployment switched the link to the next release and did not get as far as the restart.
base=/srv/apps/$SHOP_APP
mkdir -p "$base/releases/41/run" "$base/releases/42/run"
chown "$SHOP_USER" "$base"/releases/*/run
ln -s releases/41 "$base/current"
checkout_command "$(checkout_at "unix:$base/current/run/app.sock")"
systemctl restart "$SHOP_UNIT"
wait_until 15 test -S "$base/current/run/app.sock"
shop_points_to "unix:$base/current/run/app.sock"
reload_nginx
visitors
ln -sfn releases/42 "$base/current"
shop_requests 30
