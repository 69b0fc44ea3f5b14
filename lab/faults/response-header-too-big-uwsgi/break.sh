# The application answers with a token of 5 kB over the uwsgi protocol.
visitors
keep "$SHOP_DIR/app.py"
sed -i 's|("Content-Type", "application/json")|("X-Auth-Token", "t" * 5000), &|' "$SHOP_DIR/app.py"
systemctl restart "$SHOP_UNIT"
wait_until 15 listens_at "$SHOP_ADDRESS"
shop_requests 30
