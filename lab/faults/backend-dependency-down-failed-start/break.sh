# A Node.js service answers 503 because its database refuses: that unit failed at its start, the folder of its data is gone since the last move.
mkdir -p /srv/orders-db/data
cat >/srv/orders-db/serve.py <<'PYTHON'
import os
import socketserver
import sys


class Greet(socketserver.StreamRequestHandler):
    def handle(self):
        self.wfile.write(b"ready\n")


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


if not os.path.isdir("/srv/orders-db/data"):
    sys.exit('FATAL:  could not access directory "/srv/orders-db/data": No such file or directory')
Server(("127.0.0.1", int(sys.argv[1])), Greet).serve_forever()
PYTHON
cat >/etc/systemd/system/orders-db.service <<UNIT
[Unit]
Description=Database of orders

[Service]
ExecStart=/usr/bin/python3 /srv/orders-db/serve.py $SPARE_PORT

[Install]
WantedBy=multi-user.target
UNIT
systemctl daemon-reload
systemctl enable -q --now orders-db.service
wait_until 10 listens_on "$SPARE_PORT"
cat >"$SHOP_DIR/orders.js" <<NODE
const { createServer } = require('node:http')
const { connect } = require('node:net')
createServer((request, response) => {
  const database = connect($SPARE_PORT, '127.0.0.1')
  database.once('data', () => {
    database.end()
    response.writeHead(200, { 'Content-Type': 'application/json' })
    response.end('{}\\n')
  })
  database.once('error', (error) => {
    console.error(\`\${request.method} \${request.url}: database pool:\`, error)
    response.writeHead(503)
    response.end('{"error":"try again later"}\\n')
  })
}).listen(Number(process.env.PORT), process.env.HOST)
NODE
checkout_command "/usr/bin/node orders.js"
systemctl restart "$SHOP_UNIT"
wait_until 10 accepts "$SHOP_ADDRESS"
visitors
mv /srv/orders-db/data /srv/orders-db/data.moved
systemctl restart orders-db.service
wait_until 10 is_failed orders-db.service
shop_requests 30
