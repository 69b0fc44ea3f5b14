# A Node.js service that ends idle connections after one and a half seconds, and is busy for a moment whenever it does: what arrives
# meanwhile is lost.
visitors
cat >"$SHOP_DIR/idle.js" <<'NODE'
const { createServer } = require('node:http')
const server = createServer((request, response) => {
  const { socket } = request
  clearTimeout(socket.idle)
  request.resume()
  request.on('end', () => response.end('{}\n'))
  response.on('finish', () => (socket.idle = setTimeout(leave, 1500, socket)))
})
function leave(socket) {
  const end = Date.now() + 50
  while (Date.now() < end);
  socket.destroy()
}
server.keepAliveTimeout = 0
server.listen(Number(process.env.PORT), process.env.HOST)
NODE
checkout_command "/usr/bin/node idle.js"
systemctl restart "$SHOP_UNIT"
wait_until 10 listens_at "$SHOP_ADDRESS"
shop_keepalive 'keepalive 64;'
reload_nginx
waves 1.52
