rm -rf "/etc/systemd/system/$SECOND_UNIT.d" "$SHOP_DIR/trial.py"
shop_as_shipped
second_checkout_gone
