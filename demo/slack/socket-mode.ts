import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'

import { WebSocketServer } from 'ws'
import type { RawData, WebSocket } from 'ws'

import { replyFrom } from './delivery.ts'
import type { Delivered, Delivery, Transport } from './delivery.ts'
import type { IdSource } from './ids.ts'
import { parseJson, textAt, isObject } from './json.ts'

export interface SocketModeOptions {
  readonly ids: IdSource
  readonly appId: string
  readonly ackTimeoutMs: number
  readonly now: () => number
  /** Host and port of the stand-in, "127.0.0.1:4001". */
  readonly address: () => string
}

export type DisconnectReason = 'warning' | 'refresh_requested' | 'link_disabled'

export interface SocketMode extends Transport {
  /** A URL for one WebSocket; its ticket works once. */
  newUrl(): string
  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void
  connections(): number
  /** Tells every socket to go. A warning leaves them open; with the other reasons Slack closes, which happens here at once. */
  disconnect(reason: DisconnectReason): void
  /** Cuts the connections without a word, as a broken network does. */
  drop(): void
}

/** Slack pings its sockets; the client counts a connection without pings for 30 s as dead. */
const pingEveryMs = 5000

export function createSocketMode(options: SocketModeOptions): SocketMode {
  const server = new WebSocketServer({ noServer: true })
  const open: WebSocket[] = []
  const tickets = new Set<string>()
  const waiting = new Map<string, (delivered: Delivered) => void>()
  let turn = 0

  const pings = setInterval(() => {
    for (const socket of open) socket.ping()
  }, pingEveryMs)
  pings.unref()

  function onMessage(text: string): void {
    const message = parseJson(text)
    const settle = waiting.get(textAt(message, 'envelope_id'))
    const payload = isObject(message) ? message['payload'] : undefined
    settle?.({ outcome: 'acked', reply: replyFrom(payload), ms: 0 })
  }

  function onConnection(socket: WebSocket): void {
    open.push(socket)
    socket.on('message', (raw) => {
      onMessage(textOfFrame(raw))
    })
    socket.on('close', () => {
      const at = open.indexOf(socket)
      if (at >= 0) open.splice(at, 1)
    })
    // A reset connection also closes, and closing is what counts.
    socket.on('error', () => socket.terminate())
    const debug = { host: 'stand-in', approximate_connection_time: 3600 }
    const hello = {
      type: 'hello',
      num_connections: open.length,
      debug_info: debug,
      connection_info: { app_id: options.appId },
    }
    socket.send(JSON.stringify(hello))
  }

  function deliver(delivery: Delivery): Promise<Delivered> {
    // Slack spreads envelopes over the open connections.
    const socket = open[turn++ % Math.max(1, open.length)]
    if (!socket) return Promise.resolve({ outcome: 'failed', reason: 'no socket is connected' })
    const envelopeId = options.ids.next('envelope-')
    const started = options.now()
    const event = delivery.kind === 'events_api'
    const retry = event
      ? { retry_attempt: delivery.retry?.number ?? 0, retry_reason: delivery.retry?.reason ?? '' }
      : {}

    return new Promise((resolve) => {
      const timer = setTimeout(() => settle({ outcome: 'timed-out' }), options.ackTimeoutMs)
      function settle(delivered: Delivered): void {
        clearTimeout(timer)
        waiting.delete(envelopeId)
        resolve(delivered.outcome === 'acked' ? { ...delivered, ms: options.now() - started } : delivered)
      }
      waiting.set(envelopeId, settle)
      socket.send(
        JSON.stringify({
          envelope_id: envelopeId,
          type: delivery.kind,
          payload: delivery.body,
          accepts_response_payload: !event,
          ...retry,
        }),
      )
    })
  }

  return {
    newUrl() {
      const ticket = options.ids.next('ticket-')
      tickets.add(ticket)
      return `ws://${options.address()}/link/?ticket=${ticket}&app_id=${options.appId}`
    },
    accept(request, socket, head) {
      const ticket = new URL(request.url ?? '/', 'http://stand-in').searchParams.get('ticket') ?? ''
      if (tickets.delete(ticket)) server.handleUpgrade(request, socket, head, onConnection)
      else socket.end('HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n')
    },
    connections: () => open.length,
    deliver,
    disconnect(reason) {
      for (const socket of open.slice()) {
        socket.send(JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'stand-in' } }))
        if (reason !== 'warning') socket.close()
      }
    },
    drop() {
      for (const socket of open.slice()) socket.terminate()
    },
    close() {
      clearInterval(pings)
      for (const settle of waiting.values()) settle({ outcome: 'failed', reason: 'the stand-in closes' })
      for (const socket of open.slice()) socket.terminate()
      server.close()
      return Promise.resolve()
    },
  }
}

function textOfFrame(raw: RawData): string {
  if (Array.isArray(raw)) return Buffer.concat(raw).toString('utf8')
  return (Buffer.isBuffer(raw) ? raw : Buffer.from(raw)).toString('utf8')
}
