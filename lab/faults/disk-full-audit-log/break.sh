# The service writes a line for each order into an audit log on a volume of its own; the rotation of that log failed for months, and the volume is full.
visitors
mkdir -p "/var/log/$SHOP_APP"
mount -t tmpfs -o size=3m tmpfs "/var/log/$SHOP_APP"
chown "$SHOP_USER" "/var/log/$SHOP_APP"
cat >"$SHOP_DIR/audit.js" <<'NODE'
const fs = require('node:fs')
const { createServer } = require('node:http')

const file = process.argv[2]

createServer((request, response) => {
  const path = request.url.split('?')[0]
  try {
    if (path.endsWith('checkout')) fs.appendFileSync(file, JSON.stringify({ at: new Date(), path, agent: request.headers['user-agent'] }) + '\n')
    response.writeHead(200, { 'Content-Type': 'application/json' })
    response.end('{}\n')
  } catch (error) {
    console.error(`${request.method} ${request.url}`, error)
    response.writeHead(500)
    response.end()
  }
}).listen(Number(process.env.PORT), process.env.HOST)
NODE
mkdir -p /etc/logrotate.d
cat >"/etc/logrotate.d/$SHOP_APP" <<LOGROTATE
/var/log/$SHOP_APP/audit.log {
    weekly
    rotate 52
    create 0640 shop-audit adm
}
LOGROTATE
checkout_command "/usr/bin/node audit.js /var/log/$SHOP_APP/audit.log"
systemctl restart "$SHOP_UNIT"
wait_until 15 listens_at "$SHOP_ADDRESS"
requests "$SHOP_SITE" "${SHOP_PATH}checkout" 10 >/dev/null
# What months of orders were.
yes '{"at":"2026-03-02T08:11:09.031Z","path":"/checkout","agent":"Mozilla/5.0"}' 2>/dev/null | runuser -u "$SHOP_USER" -- dd of="/var/log/$SHOP_APP/audit.log" oflag=append conv=notrunc bs=512 status=none 2>/dev/null || true
(unnoted=1 && requests "$SHOP_SITE" "${SHOP_PATH}.git/config" 5 0.05 >/dev/null)
shop_requests 10 >/dev/null
requests "$SHOP_SITE" "${SHOP_PATH}checkout" 25
