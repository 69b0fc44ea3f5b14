# Redis was started by hand once and never enabled: since the reboot it is not there. The Node.js service tries again for ever, and each request fails with the retry limit of its client, which names no address.
visitors
cat >"$SHOP_DIR/sessions.js" <<'NODE'
const { createServer } = require('node:http')
const { connect } = require('node:net')

let redis = null
function again() {
  const link = connect(6379, '127.0.0.1')
  link.on('connect', () => (redis = link))
  link.on('error', (error) => console.error('[ioredis] Unhandled error event:', error))
  link.on('close', () => {
    redis = null
    setTimeout(again, 1500)
  })
}
again()

class MaxRetriesPerRequestError extends Error {}

async function session() {
  for (let retry = 0; retry < 20; retry++) {
    if (redis) return redis
    await new Promise((done) => setTimeout(done, 20))
  }
  throw new MaxRetriesPerRequestError(
    'Reached the max retries per request limit (which is 20). Refer to "maxRetriesPerRequest" option for details.',
  )
}

createServer(async (request, response) => {
  try {
    await session()
    response.end('{}\n')
  } catch (error) {
    console.error(error)
    response.writeHead(500)
    response.end('Internal Server Error')
  }
}).listen(Number(process.env.PORT), process.env.HOST)
NODE
checkout_command "/usr/bin/node sessions.js"
systemctl restart "$SHOP_UNIT"
wait_until 10 listens_at "$SHOP_ADDRESS"
shop_requests 30
