shop_as_shipped
systemctl disable -q --now tunnel.service
rm -f /etc/systemd/system/tunnel.service /srv/tunnel.py "$SHOP_DIR/idle.py"
systemctl daemon-reload
checkout_as_shipped
