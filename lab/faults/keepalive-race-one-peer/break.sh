# Of two instances the second still runs with the settings of before: it ends connections that were idle for two seconds, the first keeps them longer than nginx does.
visitors
second_checkout
idle_server 75
mkdir -p "/etc/systemd/system/$SECOND_UNIT.d"
printf '[Service]\nExecStart=\nExecStart=/usr/bin/python3 %s/idle.py %s 2\n' "$SHOP_DIR" "$SECOND_ADDRESS" >"/etc/systemd/system/$SECOND_UNIT.d/options.conf"
systemctl daemon-reload
systemctl restart "$SECOND_UNIT"
wait_until 10 listens_at "$SECOND_ADDRESS"
shop_keepalive 'keepalive 64;'
shop_with "s/server \($SHOP_ADDRESS\|$SECOND_ADDRESS\);/server \1 max_fails=0;/"
reload_nginx
waves 2.03
