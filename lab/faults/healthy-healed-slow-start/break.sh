# A deployment restarted the application, which fills its cache of prices before it listens: for some seconds visitors got 502. It is ready now and has served everybody since.
usual_day
if [ "$SHOP_KIND" = node ]; then
  keep "$SHOP_DIR/server.js"
  sed -i "1i console.log('filling the cache of prices')\nAtomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 6000)" "$SHOP_DIR/server.js"
else
  keep "$SHOP_DIR/app.py"
  printf '\nprint("filling the cache of prices", flush=True)\ntime.sleep(6)\n' >>"$SHOP_DIR/app.py"
fi
systemctl restart "$SHOP_UNIT"
(unnoted=1 shop_requests 30 0.1 >/dev/null)
wait_until 20 accepts "$SHOP_ADDRESS"
shop_requests 50 0.1
