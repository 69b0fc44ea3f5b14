# The application copies a note of the shop keeper into a header. Today's note has two lines, and over the uwsgi protocol the second is a header of its own, with spaces.
visitors
keep "$SHOP_DIR/app.py"
sed -i 's|("Content-Type", "application/json")|("X-Shop-Note", "free delivery this week\\nno returns on friday"), &|' "$SHOP_DIR/app.py"
systemctl restart "$SHOP_UNIT"
wait_until 15 listens_at "$SHOP_ADDRESS"
shop_requests 30
