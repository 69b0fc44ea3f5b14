# The address stands in gunicorn's own settings file (gunicorn.conf.py), and the last release brought the one of another stage along.
printf 'bind = "%s"\nworkers = 1\nthreads = 8\naccesslog = "-"\n' "$SHOP_ADDRESS" >"$SHOP_DIR/gunicorn.conf.py"
checkout_command '/usr/bin/gunicorn app:app'
systemctl restart "$SHOP_UNIT"
wait_until 15 accepts "$SHOP_ADDRESS"
visitors
sed -i "s|^bind = .*|bind = \"127.0.0.1:$SPARE_PORT\"|" "$SHOP_DIR/gunicorn.conf.py"
systemctl restart "$SHOP_UNIT"
wait_until 15 listens_on "$SPARE_PORT"
shop_requests 30
