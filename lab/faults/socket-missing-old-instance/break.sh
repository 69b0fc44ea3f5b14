# During an incident somebody ran the application by hand, started the unit beside it, and ended the hand-made one later: at its end it removed the socket file, which was the unit's by then.
socket=${SHOP_ADDRESS#unix:}
mkdir -p "/etc/systemd/system/$SHOP_UNIT.d"
printf '[Service]\nRuntimeDirectoryPreserve=yes\n' >"/etc/systemd/system/$SHOP_UNIT.d/keep.conf"
systemctl daemon-reload
visitors
systemctl stop "$SHOP_UNIT"
cd "$SHOP_DIR"
setsid runuser -u "$SHOP_USER" -- /usr/bin/gunicorn --bind "$SHOP_ADDRESS" --workers 1 --threads 8 app:app </dev/null >/dev/null 2>&1 &
by_hand=$!
disown
wait_until 15 accepts "$SHOP_ADDRESS"
systemctl start "$SHOP_UNIT"
wait_until 15 eval '[ "$(ss -Hxln | grep -cF "$socket ")" = 2 ]'
kill -TERM "$by_hand"
wait_until 15 eval '! kill -0 "$by_hand"'
[ ! -e "$socket" ]
shop_requests 30
