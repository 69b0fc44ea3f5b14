// The same small API for Node: HOST and PORT say where, APP_DELAY, APP_FAIL and APP_SETTINGS what goes wrong.
const { readFileSync } = require('node:fs')
const { createServer } = require('node:http')

const { HOST = '127.0.0.1', PORT = '3000', APP_DELAY = '0', APP_FAIL, APP_SETTINGS } = process.env
if (APP_SETTINGS) JSON.parse(readFileSync(APP_SETTINGS, 'utf8'))

function answer(request, response) {
  const path = request.url.split('?')[0]
  const known = ['', 'cart', 'checkout', 'healthz'].includes(path.split('/').at(-1))
  try {
    if (APP_FAIL === '1') throw new Error('no price list for region eu-2')
    response.writeHead(known ? 200 : 404, { 'Content-Type': 'application/json' })
    response.end(JSON.stringify({ path }))
  } catch (error) {
    console.error(`${request.method} ${request.url}`, error)
    response.writeHead(500)
    response.end()
  }
}

const server = createServer((request, response) =>
  setTimeout(() => answer(request, response), Number(APP_DELAY) * 1000),
)
server.listen(Number(PORT), HOST, () => console.log(`listening on ${HOST}:${PORT}`))
