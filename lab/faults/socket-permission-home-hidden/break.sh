# The application lives in a home folder, with its socket, as many guides have it. An upgrade brought a unit of nginx that sees no homes (ProtectHome=yes): modes and owners are right, and still nginx is refused.
home=/home/$SHOP_APP
mkdir -p "$home/run"
chown -R "$SHOP_USER" "$home"
chmod 755 "$home" "$home/run"
checkout_command "$(checkout_at "unix:$home/run/app.sock")"
systemctl restart "$SHOP_UNIT"
wait_until 15 test -S "$home/run/app.sock"
shop_points_to "unix:$home/run/app.sock"
reload_nginx
visitors
nginx_unit_with 'ProtectHome=yes' 'NoNewPrivileges=yes'
systemctl restart nginx.service
shop_requests 30
