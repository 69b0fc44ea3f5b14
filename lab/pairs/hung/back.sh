systemctl kill --signal=STOP "$SHOP_UNIT"
