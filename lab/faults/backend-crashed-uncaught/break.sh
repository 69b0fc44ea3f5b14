# An exception that nobody catches ends Node.js on each request; systemd starts it again.
visitors
cat >"$SHOP_DIR/uncaught.js" <<'NODE'
const { createServer } = require('node:http')
createServer((request, response) => {
  if (!request.url.endsWith('cart')) return response.end('{}\n')
  setTimeout(() => JSON.parse(undefined), 200)
}).listen(Number(process.env.PORT), process.env.HOST)
NODE
checkout_command "/usr/bin/node uncaught.js"
mkdir -p "/etc/systemd/system/$SHOP_UNIT.d"
printf '[Unit]\nStartLimitIntervalSec=0\n' >"/etc/systemd/system/$SHOP_UNIT.d/limit.conf"
systemctl daemon-reload
systemctl restart "$SHOP_UNIT"
wait_until 10 listens_at "$SHOP_ADDRESS"
shop_requests 20 0.7
wait_until 10 listens_at "$SHOP_ADDRESS"
