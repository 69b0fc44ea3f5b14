# Node.js with a keep-alive of one and a half seconds, and now and then busy with something else just when connections end.
visitors
cat >"$SHOP_DIR/idle.js" <<'NODE'
const { createServer } = require('node:http')
const server = createServer((request, response) => {
  request.resume()
  request.on('end', () => response.end('{}\n'))
})
server.keepAliveTimeout = 1500
server.listen(Number(process.env.PORT), process.env.HOST)
setInterval(() => {
  const end = Date.now() + 70
  while (Date.now() < end);
}, 100)
NODE
checkout_command "/usr/bin/node idle.js"
systemctl restart "$SHOP_UNIT"
wait_until 10 listens_at "$SHOP_ADDRESS"
shop_keepalive 'keepalive 64;'
reload_nginx
waves 1.52
