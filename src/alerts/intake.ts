import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { QueueUnreachableError } from '../jobs/desk.ts'
import { closeServer, listen } from '../listen.ts'
import { readGeneric } from './generic.ts'
import { createRate } from './rate.ts'
import { readBody } from './read-body.ts'
import { signatureRefusal } from './signature.ts'
import { mapAlert } from './route.ts'
import { takeAlert, type TakeAlertParts } from './take-alert.ts'

export interface AlertIntakeParts extends TakeAlertParts {
  /** Signed alerts per minute, 60 by default. */
  readonly perMinute?: number
}

interface Answer {
  readonly status: number
  readonly body: Readonly<Record<string, string>>
}

const maxBytes = 64 * 1024

/**
 * POST /alerts/generic, signed (signature.ts): answers 202 with what became of it, or why it was refused: 401 not signed by
 * us, 404 no such source, 409 sent before, 413 more than 64 kB, 422 not an alert or not our host, 429 too many, 503 queue away.
 */
export async function startAlertIntake(
  settings: { readonly port: number; readonly listenOn: string; readonly secret: string },
  parts: AlertIntakeParts,
): Promise<{ readonly port: number; readonly close: () => Promise<void> }> {
  const rate = createRate(parts.perMinute ?? 60)
  const server = createServer((request, response) => void serve(request, response))
  server.requestTimeout = 10_000
  server.headersTimeout = 5000
  await listen(server, { port: settings.port, host: settings.listenOn, setting: 'alerts.port in gatemedic.yml' })
  const address = server.address()
  const port = address !== null && typeof address === 'object' ? address.port : settings.port
  return { port, close: () => closeServer(server) }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { status, body } = await answer(request).catch((error: unknown): Answer => {
      if (error instanceof QueueUnreachableError) return refuse(503, 'the job queue is not reachable, send it again')
      parts.log.error({ err: error }, 'an alert could not be taken')
      return refuse(500, 'fault in Gatemedic, see its log')
    })
    if (status >= 400)
      parts.log.warn({ status, reason: body['error'], from: request.socket.remoteAddress }, 'alert refused')
    response.writeHead(status, { 'content-type': 'application/json', connection: 'close' })
    response.end(`${JSON.stringify(body)}\n`)
  }

  async function answer(request: IncomingMessage): Promise<Answer> {
    if (request.url !== '/alerts/generic') return refuse(404, 'the only address here is /alerts/generic')
    if (request.method !== 'POST') return refuse(405, 'send it with POST')
    const body = await readBody(request, maxBytes)
    if (body === null) return refuse(413, 'the body is larger than 64 kB')

    const timestamp = header(request, 'x-gatemedic-timestamp')
    const signature = header(request, 'x-gatemedic-signature')
    const refusal = signatureRefusal(settings.secret, { timestamp, signature, body }, parts.now())
    if (refusal) return refuse(401, words[refusal])
    // Only what is signed counts against the rate: strangers must not be able to use it up.
    if (!rate(parts.now())) return refuse(429, 'too many alerts, send it again in a minute')
    // The signature covers the time: the same one twice is the same request sent again.
    if (await parts.seenBefore(`alert-signature:${signature}`)) return refuse(409, 'this request was sent before')

    const read = readGeneric(body.toString('utf8'))
    if (!read.ok) return refuse(422, read.reason)
    const [alert] = read.alerts
    if (!alert) return refuse(422, 'no alert in it')
    const mapping = mapAlert(alert, parts.inventory())
    if (!mapping.ok) return refuse(422, mapping.reason)
    const taken = await takeAlert(mapping.mapped, parts)
    parts.log.info({ alert: alert.id, source: alert.source, taken }, 'alert taken')
    if (taken.kind === 'refused') return refuse(422, taken.reason)
    return { status: 202, body: { ...taken } }
  }
}

const words = {
  unsigned: 'x-gatemedic-timestamp and x-gatemedic-signature are needed',
  'too-old': 'the timestamp is more than 5 minutes off',
  'wrong-signature': 'the signature does not fit the body',
} as const

function refuse(status: number, error: string): Answer {
  return { status, body: { error } }
}

function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name]
  return typeof value === 'string' ? value : undefined
}
