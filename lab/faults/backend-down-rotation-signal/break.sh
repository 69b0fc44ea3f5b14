# logrotate tells the application to open its log anew (USR1), as its predecessor understood it; this one has nothing for that signal, and it ends the process. Nothing starts it again.
visitors
mkdir -p "/etc/systemd/system/$SHOP_UNIT.d" "/var/log/$SHOP_APP"
printf '[Service]\nRestart=no\n' >"/etc/systemd/system/$SHOP_UNIT.d/restart.conf"
[ "$SHOP_KIND" = plain ] || checkout_command "/usr/bin/python3 -m http.server --bind ${SHOP_ADDRESS%:*} $SHOP_PORT"
echo started >"/var/log/$SHOP_APP/app.log"
cat >"/etc/logrotate.d/$SHOP_APP" <<CONF
/var/log/$SHOP_APP/*.log {
    daily
    rotate 7
    missingok
    postrotate
        systemctl kill --signal=USR1 --kill-who=main $SHOP_UNIT
    endscript
}
CONF
systemctl daemon-reload
systemctl restart "$SHOP_UNIT"
wait_until 15 accepts "$SHOP_ADDRESS"
visitors
mv "/var/log/$SHOP_APP/app.log" "/var/log/$SHOP_APP/app.log.1"
systemctl kill --signal=USR1 --kill-who=main "$SHOP_UNIT"
wait_until 10 is_failed "$SHOP_UNIT"
shop_requests 30
