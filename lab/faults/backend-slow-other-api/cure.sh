rm -f /srv/rates-api.rebuild
systemctl stop "$SHOP_UNIT"
give_back "$SHOP_DIR/app.py"
checkout_as_shipped
systemctl disable -q --now rates-api.service
rm -f /etc/systemd/system/rates-api.service /srv/rates-api.py
systemctl daemon-reload
shop_as_shipped
