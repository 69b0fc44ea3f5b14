# Thirty browsers keep an event stream open, as they are meant to; all other pages are quick. A client that went away left a line or two.
cat >"$SHOP_DIR/news.js" <<'NODE'
const { createServer } = require('node:http')
createServer((request, response) => {
  if (!request.url.endsWith('news')) return response.end('{}\n')
  response.writeHead(200, { 'Content-Type': 'text/event-stream' })
  const ticking = setInterval(() => response.write('data: 1\n\n'), 900)
  response.on('close', () => clearInterval(ticking))
}).listen(Number(process.env.PORT), process.env.HOST)
NODE
checkout_command "/usr/bin/node news.js"
systemctl restart "$SHOP_UNIT"
wait_until 10 accepts "$SHOP_ADDRESS"
visitors
shop_directive 'proxy_buffering off;' 'proxy_read_timeout 1h;'
reload_nginx
systemd-run -q --collect --unit=browsers bash -c "for i in {1..30}; do curl -s -N -m 900 -o /dev/null -H 'Host: $SHOP_SITE' http://127.0.0.1${SHOP_PATH}news & done; wait"
sleep 2
shop_requests 30
