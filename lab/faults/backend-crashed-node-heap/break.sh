# An environment file limits the heap of Node.js (NODE_OPTIONS); a page needs more, and the process aborts: "JavaScript heap out of memory", with memory to spare on the host.
visitors
cat >"$SHOP_DIR/catalogue.js" <<'NODE'
const { createServer } = require('node:http')
createServer((request, response) => {
  if (!request.url.endsWith('cart')) return response.end('{}\n')
  setTimeout(() => {
    const prices = []
    for (;;) prices.push({ article: `article ${prices.length}`, price: [prices.length * 1.19] })
  }, 50)
}).listen(Number(process.env.PORT), process.env.HOST)
NODE
checkout_command "/usr/bin/node catalogue.js"
printf '[Unit]\nStartLimitIntervalSec=0\n' >"/etc/systemd/system/$SHOP_UNIT.d/limit.conf"
systemctl daemon-reload
checkout_settings NODE_OPTIONS=--max-old-space-size=24
shop_requests 12 1
wait_until 15 accepts "$SHOP_ADDRESS"
