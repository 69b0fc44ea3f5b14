# Carts can be looked at and not filled: each POST ends in a TypeError. The service writes its log as JSON, a line for each request; a unit of somebody else has failed beside it.
visitors
cat >"$SHOP_DIR/carts.js" <<'NODE'
const { createServer } = require('node:http')
const { hostname } = require('node:os')

const log = (level, fields) =>
  console.log(JSON.stringify({ level, time: Date.now(), pid: process.pid, hostname: hostname(), ...fields }))

createServer((request, response) => {
  const req = { method: request.method, url: request.url }
  try {
    const regions = {}
    if (request.method === 'POST') regions['eu-2'].price += 1
    response.end('{}\n')
    log(30, { req, res: { statusCode: 200 }, msg: 'request completed' })
  } catch (error) {
    response.writeHead(500)
    response.end('{"error":"internal"}\n')
    log(50, { req, res: { statusCode: 500 }, err: { type: error.name, message: error.message, stack: error.stack }, msg: 'request errored' })
  }
}).listen(Number(process.env.PORT), process.env.HOST)
NODE
checkout_command "/usr/bin/node carts.js"
systemctl restart "$SHOP_UNIT"
wait_until 10 accepts "$SHOP_ADDRESS"
systemd-run -q --unit=rotate-exports sh -c 'echo "connect to 10.3.0.9:873: Connection refused" >&2; exit 3' || true
(unnoted=1 shop_requests 30 0.03 >/dev/null)
shop_requests 25 0.1 -X POST -d 'item=7'
