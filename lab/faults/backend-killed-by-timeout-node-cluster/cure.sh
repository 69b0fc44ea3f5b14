rm -f "$SHOP_DIR/cluster.js"
checkout_as_shipped
