systemctl reset-failed "$SHOP_APP-export.service"
rm -f "/etc/systemd/system/$SHOP_APP-export.service"
systemctl daemon-reload
