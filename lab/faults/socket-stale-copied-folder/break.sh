# The application's folder was copied to a larger disk with everything in it (cp -a), and nginx was pointed there; the copy of a socket is a socket on which nobody listens.
mkdir -p "/srv/apps/$SHOP_APP"
chown "$SHOP_USER" "/srv/apps/$SHOP_APP"
checkout_command "$(checkout_at "unix:/srv/apps/$SHOP_APP/app.sock")"
systemctl restart "$SHOP_UNIT"
wait_until 15 test -S "/srv/apps/$SHOP_APP/app.sock"
shop_points_to "unix:/srv/apps/$SHOP_APP/app.sock"
reload_nginx
visitors
mkdir -p /srv/volume2/apps
cp -a "/srv/apps/$SHOP_APP" /srv/volume2/apps/
shop_with "s|unix:/srv/apps/$SHOP_APP/|unix:/srv/volume2/apps/$SHOP_APP/|"
reload_nginx
shop_requests 30
