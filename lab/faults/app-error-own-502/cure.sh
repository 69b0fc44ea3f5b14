printf 'item;price\n4711;9.90\n' >"$SHOP_DIR/prices.csv"
