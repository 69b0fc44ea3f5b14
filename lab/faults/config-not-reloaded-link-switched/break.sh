# The backend's address is a file of each release; a deployment switched the link to the next one, whose files are two days old, and did not reload nginx.
mkdir -p /srv/releases/41 /srv/releases/42
line=$(grep -F "$SHOP_ADDRESS" "$SHOP_UPSTREAM_CONF" | grep -v '^[ \t]*#' | head -1 | sed 's/^[ \t]*//')
printf '%s\n' "$line" >/srv/releases/41/backend.conf
printf '%s\n' "${line//$SHOP_ADDRESS/127.0.0.1:$SPARE_PORT}" >/srv/releases/42/backend.conf
touch -d '2 days ago' /srv/releases/41/backend.conf /srv/releases/42/backend.conf
ln -s /srv/releases/41 /srv/releases/current
shop_with "s|^\([ \t]*\)$(plain_text "$line")|\1include /srv/releases/current/backend.conf;|"
reload_nginx
visitors
sleep 1.2
checkout_moves_to "127.0.0.1:$SPARE_PORT"
ln -sfn /srv/releases/42 /srv/releases/current
shop_requests 30
