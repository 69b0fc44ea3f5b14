import { createServer } from 'node:http'
import { closeServer, listen } from './listen.ts'
import type { RedisClient } from './redis.ts'

/** GET /health on this port: 200 when Redis answers, 503 when not. For container health checks; it tells nothing else. */
export async function startHealthPort(
  port: number,
  client: RedisClient,
): Promise<{ readonly close: () => Promise<void> }> {
  const server = createServer((request, response) => {
    const well = client.status === 'ready'
    const known = request.method === 'GET' && request.url === '/health'
    response.writeHead(known ? (well ? 200 : 503) : 404, { 'content-type': 'application/json' })
    response.end(known ? JSON.stringify({ status: well ? 'ok' : 'redis is not reachable' }) : '')
  })
  await listen(server, { port, host: '0.0.0.0', setting: 'GATEMEDIC_HEALTH_PORT' })
  return { close: () => closeServer(server) }
}
