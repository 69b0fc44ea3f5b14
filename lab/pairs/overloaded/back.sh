# An answer costs over half a second of processor time. Then runaway jobs: each in a session of its own, so that the scheduler does
# not bundle them.
sed -i 's|^    path = environ|    end = time.process_time() + 0.6\n    while time.process_time() < end:\n        pass\n&|' "$SHOP_DIR/app.py"
systemctl restart "$SHOP_UNIT"
wait_until 15 accepts "$SHOP_ADDRESS"
for i in $(seq 24); do systemd-run -q --unit="job$i" bash -c 'end=$((SECONDS + 240)); while ((SECONDS < end)); do :; done'; done
