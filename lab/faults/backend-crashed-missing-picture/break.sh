# A picture of a product was removed and its page still shows it: nobody handles the error of the stream that reads it, so that each request for it ends Node.js, and systemd starts it again.
visitors
mkdir -p "$SHOP_DIR/pictures"
head -c 3000 /dev/urandom >"$SHOP_DIR/pictures/lamp.jpg"
cp "$SHOP_DIR/pictures/lamp.jpg" "$SHOP_DIR/pictures/chair.jpg"
cat >"$SHOP_DIR/pictures.js" <<'NODE'
const { createReadStream } = require('node:fs')
const { createServer } = require('node:http')
const { basename, join } = require('node:path')

createServer((request, response) => {
  const path = request.url.split('?')[0]
  if (!path.endsWith('.jpg')) return response.end('{}\n')
  response.setHeader('Content-Type', 'image/jpeg')
  createReadStream(join(__dirname, 'pictures', basename(path))).pipe(response)
}).listen(Number(process.env.PORT), process.env.HOST)
NODE
checkout_command "/usr/bin/node pictures.js"
printf '[Unit]\nStartLimitIntervalSec=0\n\n[Service]\nRestart=always\nRestartSec=300ms\n' >"/etc/systemd/system/$SHOP_UNIT.d/restart.conf"
systemctl daemon-reload
systemctl restart "$SHOP_UNIT"
wait_until 10 listens_at "$SHOP_ADDRESS"
(unnoted=1 && requests "$SHOP_SITE" "${SHOP_PATH}chair.jpg" 10 0.05 >/dev/null)
rm "$SHOP_DIR/pictures/chair.jpg"
for i in 1 2 3 4; do
  (unnoted=1 && shop_requests 3 0.1 >/dev/null)
  requests "$SHOP_SITE" "${SHOP_PATH}chair.jpg" 5 0.8
done
wait_until 10 listens_at "$SHOP_ADDRESS"
