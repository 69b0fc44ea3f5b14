systemctl kill --signal=KILL "$SHOP_UNIT"
checkout_as_shipped
