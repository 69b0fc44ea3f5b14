# A leftover of the last deploy still held the port when the service was restarted; the service took the next free one and said so. The leftover has ended since.
cat >"$SHOP_DIR/web.js" <<NODE
const { createServer } = require('node:http')
const host = process.env.HOST
const server = createServer((request, response) => {
  response.setHeader('Content-Type', 'application/json')
  response.end('{}\\n')
})
server.on('error', (error) => {
  if (error.code !== 'EADDRINUSE') throw error
  console.warn(\`Port \${error.port} is in use, using $SPARE_PORT instead.\`)
  server.listen($SPARE_PORT, host)
})
server.on('listening', () => console.log(\`Ready on http://\${host}:\${server.address().port}\`))
server.listen(Number(process.env.PORT), host)
NODE
checkout_command '/usr/bin/node web.js'
systemctl restart "$SHOP_UNIT"
wait_until 15 accepts "$SHOP_ADDRESS"
visitors
systemctl stop "$SHOP_UNIT"
HOST=127.0.0.1 PORT=$SHOP_PORT setsid /usr/bin/node "$SHOP_DIR/web.js" </dev/null >/dev/null 2>&1 &
leftover=$!
disown
wait_until 10 accepts "$SHOP_ADDRESS"
systemctl start "$SHOP_UNIT"
wait_until 10 listens_on "$SPARE_PORT"
kill "$leftover"
wait_until 10 eval '! listens_on "$SHOP_PORT"'
shop_requests 30
