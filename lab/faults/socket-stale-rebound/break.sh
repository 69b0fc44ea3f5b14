# A second instance was started by hand with the same socket, put its own file in place of the unit's, and was killed: the unit still listens, but on a socket that has no file any more.
socket=${SHOP_ADDRESS#unix:}
visitors
cd "$SHOP_DIR"
setsid runuser -u "$SHOP_USER" -- /usr/bin/gunicorn --bind "$SHOP_ADDRESS" --workers 1 --threads 8 app:app </dev/null >/dev/null 2>&1 &
by_hand=$!
disown
wait_until 15 eval '[ "$(ss -Hxln | grep -cF "$socket ")" = 2 ]'
kill -KILL -- "-$by_hand"
wait_until 15 eval '[ "$(ss -Hxln | grep -cF "$socket ")" = 1 ]'
[ -S "$socket" ]
shop_requests 30
