# The application takes its port from PORT of its environment file, and the last release wrote another one there.
if [ "$SHOP_KIND" = gunicorn ]; then
  # Without --bind gunicorn listens where PORT says.
  echo "PORT=$SHOP_PORT" >"$SHOP_SETTINGS"
  checkout_runs
else
  echo "PORT=$SHOP_PORT" >"$SHOP_SETTINGS"
  systemctl restart "$SHOP_UNIT"
fi
wait_until 15 accepts "$SHOP_ADDRESS"
visitors
echo "PORT=$SPARE_PORT" >"$SHOP_SETTINGS"
systemctl restart "$SHOP_UNIT"
wait_until 15 listens_on "$SPARE_PORT"
shop_requests 30
