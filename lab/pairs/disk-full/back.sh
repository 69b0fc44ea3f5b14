# The application keeps a note of each order on a small volume of its own, which is full.
mkdir -p "/srv/order-journal"
mount -t tmpfs -o size=1m tmpfs /srv/order-journal
chown "$SHOP_USER" /srv/order-journal
sed -i 's|^    path = environ|    with open("/srv/order-journal/journal", "a", encoding="utf-8") as journal:\n        journal.write("x" * 4096)\n&|' "$SHOP_DIR/app.py"
head -c 2000000 /dev/zero >/srv/order-journal/fill 2>/dev/null || true
systemctl restart "$SHOP_UNIT"
wait_until 15 listens_at "$SHOP_ADDRESS"
