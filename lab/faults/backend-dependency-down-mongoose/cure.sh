rm -f /srv/mongo/data/mongod.lock
systemctl reset-failed mongod.service 2>/dev/null || true
systemctl start mongod.service
wait_until 10 listens_on 27017
rm -f "$SHOP_DIR/orders.js"
checkout_as_shipped
