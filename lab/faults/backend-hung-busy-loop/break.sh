# The one thread of Node.js turns in a loop without end: it does not even accept any more.
visitors
cat >"$SHOP_DIR/loop.js" <<'NODE'
const { createServer } = require('node:http')
createServer(() => {
  for (;;);
}).listen(Number(process.env.PORT), process.env.HOST)
NODE
checkout_command "/usr/bin/node loop.js"
systemctl restart "$SHOP_UNIT"
wait_until 10 listens_at "$SHOP_ADDRESS"
shop_timeout read 5
reload_nginx
shop_requests 12 3
