truncate -s 262144 /srv/prices/prices.dat
shop_requests 1
systemctl stop "$SHOP_UNIT"
give_back "$SHOP_DIR/app.py"
checkout_as_shipped
rm -rf /srv/prices
