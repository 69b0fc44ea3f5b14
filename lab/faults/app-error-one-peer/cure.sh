rm -rf "/etc/systemd/system/$SECOND_UNIT.d"
systemctl daemon-reload
systemctl restart "$SECOND_UNIT"
wait_until 15 accepts "$SECOND_ADDRESS"
