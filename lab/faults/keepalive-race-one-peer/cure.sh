rm -f "$SHOP_DIR/idle.py"
shop_as_shipped
rm -rf "/etc/systemd/system/$SECOND_UNIT.d"
second_checkout_gone
checkout_as_shipped
