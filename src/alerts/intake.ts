import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { QueueUnreachableError } from '../jobs/desk.ts'
import { closeServer, listen } from '../listen.ts'
import type { Logger } from '../log.ts'
import type { RefusalReason } from '../metrics.ts'
import { type Answer, refuse } from './answer.ts'
import { createRate } from './rate.ts'
import { BodyBrokenOffError, createBodyRoom } from './read-body.ts'
import { type OpenSource, receive } from './receive.ts'
import type { AlertSource } from './source.ts'
import type { TakeOnceParts } from './take-once.ts'

export interface AlertIntakeParts extends TakeOnceParts {
  readonly log: Logger
}

export interface AlertIntakeSettings {
  readonly port: number
  readonly listenOn: string
  readonly sources: readonly AlertSource[]
  /** Until the head and the whole of a request must be there, in ms; 5 s and 10 s when not set. */
  readonly patience?: { readonly head: number; readonly whole: number }
}

/** Lines a minute for each source and reason; what is more is in the metric alone. */
const linesPerMinute = 30
/** Of all bodies that are being read: of who has said who he is, and beside it of who has not, because a signature needs all of the body. */
const roomBytes = 32 * 1024 * 1024

/**
 * POST /alerts/<source>: answers 202 with what became of each alert, when all of it is safe in Redis, or why the request was
 * refused: 401 not by who it says, 404 no such source, 405 and 415 not a JSON POST, 409 signed request sent before, 413 more
 * than 1 MB, 422 not of that sender's shape, 429 or 503 too many, 503 queue away or not all of it came in time.
 */
export async function startAlertIntake(
  settings: AlertIntakeSettings,
  parts: AlertIntakeParts,
): Promise<{ readonly port: number; readonly close: () => Promise<void> }> {
  const { log, metrics, now } = parts
  const { patience = { head: 5000, whole: 10_000 } } = settings
  const [known, strangers] = [createBodyRoom(roomBytes), createBodyRoom(roomBytes)]
  const sources = new Map<string, OpenSource>(
    settings.sources.map((source) => {
      const room = source.auth === 'hmac' ? strangers : known
      return [`/alerts/${source.name}`, { source, rate: createRate(source.perMinute), room }]
    }),
  )
  const mayLog = new Map<string, (now: Date) => boolean>()
  const server = createServer(
    { maxHeaderSize: 8192, connectionsCheckingInterval: patience.head / 5 },
    (request, response) => void serve(request, response).catch(lost),
  )
  guard(server, patience, (reason) => note('unknown', reason, {}))
  await listen(server, { port: settings.port, host: settings.listenOn, setting: 'alerts.port in gatemedic.yml' })
  const address = server.address()
  const port = address !== null && typeof address === 'object' ? address.port : settings.port
  return { port, close: () => closeServer(server) }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const from = request.socket.remoteAddress
    const open = sources.get(request.url ?? '')
    const name = open?.source.name ?? 'unknown'
    const answer = await (open
      ? receive(request, open, parts).catch((error: unknown) => failed(error, name))
      : refuse(404, 'unknown-source', 'no such source'))
    const { status, body, refused, counts, unmapped } = answer
    const reason = body['error'] ?? body['reason']
    if (refused) note(name, refused, { status, reason, from, counts, unmapped })
    else log.info({ source: name, counts, unmapped }, 'alerts taken')
    // A body that was not read is not worth waiting for.
    const over = status >= 400 ? { connection: 'close' } : {}
    const later = status === 429 || status === 503 ? { 'retry-after': '60' } : {}
    response.writeHead(status, { 'content-type': 'application/json', ...over, ...later })
    response.end(`${JSON.stringify(body)}\n`)
  }

  function lost(error: unknown): void {
    log.error({ err: error }, 'a request with alerts could not be answered')
  }

  function failed(error: unknown, source: string): Answer {
    if (error instanceof QueueUnreachableError)
      return refuse(503, 'unreachable', 'the job queue is not reachable, send it again')
    if (error instanceof BodyBrokenOffError) return refuse(503, 'broken-off', error.message)
    log.error({ err: error, source }, 'an alert could not be taken')
    return refuse(500, 'fault', 'fault in Gatemedic, see its log')
  }

  function note(source: string, reason: RefusalReason, fields: Readonly<Record<string, unknown>>): void {
    metrics.alertRefused(source, reason)
    const key = `${source} ${reason}`
    const may = mayLog.get(key) ?? createRate(linesPerMinute)
    mayLog.set(key, may)
    if (may(now())) log.warn({ source, why: reason, ...fields }, 'alert refused')
  }
}

/** How long who is hung up on may take to read why, ms. */
const lastWordMs = 1000

/** Against who sends slowly, never, or no HTTP at all. */
function guard(
  server: Server,
  patience: { readonly head: number; readonly whole: number },
  note: (reason: RefusalReason) => void,
): void {
  server.requestTimeout = patience.whole
  server.headersTimeout = patience.head
  server.keepAliveTimeout = 65_000
  server.maxConnections = 512
  server.on('drop', () => note('busy'))
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy()
      return
    }
    // Most senders send again after 5xx and never after 4xx: whoever was slow, or a machine without time, must not lose its alerts by it.
    const [reason, status] =
      error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? (['broken-off', '503 Service Unavailable'] as const)
        : (['malformed', '400 Bad Request'] as const)
    note(reason)
    socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`)
    // Who does not go by himself would hold a place for ever; at once, he might not read why.
    setTimeout(() => socket.destroy(), lastWordMs).unref()
  })
}
