# The service has a master of its own (node:cluster) that kills a worker when a request of it is open for more than 3 s; a report takes eight.
visitors
cat >"$SHOP_DIR/cluster.js" <<'NODE'
const cluster = require('node:cluster')
const { createServer } = require('node:http')

const LIMIT = 3000
// Each worker accepts for itself: what a killed one had open is closed with it.
cluster.schedulingPolicy = cluster.SCHED_NONE

if (cluster.isPrimary) {
  const open = new Map()
  cluster.on('message', (worker, { id, done }) => {
    const key = `${worker.id}/${id}`
    clearTimeout(open.get(key))
    open.delete(key)
    if (done) return
    const late = () => {
      if (worker.isDead()) return
      console.error(`[master] worker ${worker.id} (pid ${worker.process.pid}) timed out: request open for more than ${LIMIT} ms, sending SIGKILL`)
      worker.process.kill('SIGKILL')
    }
    open.set(key, setTimeout(late, LIMIT))
  })
  cluster.on('exit', (worker, code, signal) => {
    console.error(`[master] worker ${worker.id} (pid ${worker.process.pid}) exited: ${signal ?? code}, starting another`)
    cluster.fork()
  })
  for (let i = 0; i < 3; i++) cluster.fork()
} else {
  let last = 0
  createServer((request, response) => {
    const id = ++last
    process.send({ id })
    const answer = () => {
      process.send({ id, done: true })
      response.end('{}\n')
    }
    setTimeout(answer, request.url.endsWith('cart') ? 8000 : 0)
  }).listen(Number(process.env.PORT), process.env.HOST)
}
NODE
checkout_command "/usr/bin/node cluster.js"
systemctl restart "$SHOP_UNIT"
wait_until 10 accepts "$SHOP_ADDRESS"
shop_requests 16 0.5
