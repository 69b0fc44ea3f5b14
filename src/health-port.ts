import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { closeServer, listen } from './listen.ts'
import type { Metrics } from './metrics.ts'
import type { RedisClient } from './redis.ts'

/**
 * GET /health on this port: 200 when Redis answers, 503 when not; for container health checks. GET /metrics: what is counted,
 * for Prometheus. Neither tells names of hosts, people or channels.
 */
export async function startHealthPort(
  port: number,
  client: RedisClient,
  metrics: Metrics,
): Promise<{ readonly close: () => Promise<void> }> {
  const server = createServer((request, response) => void answer(request, response))
  await listen(server, { port, host: '0.0.0.0', setting: 'GATEMEDIC_HEALTH_PORT' })
  return { close: () => closeServer(server) }

  async function answer({ method, url }: IncomingMessage, response: ServerResponse): Promise<void> {
    if (method === 'GET' && url === '/metrics') {
      const { type, text } = await metrics.page()
      response.writeHead(200, { 'content-type': type }).end(text)
      return
    }
    const well = client.status === 'ready'
    const known = method === 'GET' && url === '/health'
    response.writeHead(known ? (well ? 200 : 503) : 404, { 'content-type': 'application/json' })
    response.end(known ? JSON.stringify({ status: well ? 'ok' : 'redis is not reachable' }) : '')
  }
}
