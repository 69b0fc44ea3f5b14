# mongod ended with a full journal last night and failed at each start since. The Node.js service does not notice: its library keeps each query for 6 s in the hope of a connection, and gives up without a word about where.
mkdir -p /srv/mongo/data
cat >/srv/mongo/mongod.py <<'PYTHON'
import os
import socketserver
import sys


class Greet(socketserver.StreamRequestHandler):
    def handle(self):
        self.wfile.write(b"ready\n")


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


if os.path.exists("/srv/mongo/data/mongod.lock"):
    sys.exit("exception in initAndListen: DBPathInUse: Unable to lock the lock file: /srv/mongo/data/mongod.lock, terminating")
Server(("127.0.0.1", 27017), Greet).serve_forever()
PYTHON
cat >/etc/systemd/system/mongod.service <<'UNIT'
[Unit]
Description=MongoDB Database Server

[Service]
ExecStart=/usr/bin/python3 /srv/mongo/mongod.py

[Install]
WantedBy=multi-user.target
UNIT
systemctl daemon-reload
systemctl enable -q --now mongod.service
wait_until 10 listens_on 27017
cat >"$SHOP_DIR/orders.js" <<'NODE'
const { createServer } = require('node:http')
const { connect } = require('node:net')

let up = false
function monitor() {
  const link = connect(27017, '127.0.0.1')
  link.once('data', () => (up = true))
  link.on('error', () => {})
  link.on('close', () => {
    up = false
    setTimeout(monitor, 500)
  })
  link.on('data', () => {})
}
monitor()

class MongooseError extends Error {
  name = 'MongooseError'
}

async function find() {
  const end = Date.now() + 6000
  while (!up) {
    if (Date.now() > end) throw new MongooseError('Operation `orders.find()` buffering timed out after 6000ms')
    await new Promise((done) => setTimeout(done, 50))
  }
}

createServer(async (request, response) => {
  try {
    await find()
    response.end('[]\n')
  } catch (error) {
    console.error(error)
    response.writeHead(500)
    response.end('Internal Server Error')
  }
}).listen(Number(process.env.PORT), process.env.HOST)
NODE
checkout_command "/usr/bin/node orders.js"
systemctl restart "$SHOP_UNIT"
wait_until 10 listens_at "$SHOP_ADDRESS"
visitors
touch /srv/mongo/data/mongod.lock
systemctl kill --signal=KILL mongod.service
sleep 1
systemctl start mongod.service 2>/dev/null || true
wait_until 5 is_failed mongod.service
shop_requests 25 0.2
