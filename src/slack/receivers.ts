import { HTTPReceiver, SocketModeReceiver } from '@slack/bolt'
import type { App, Logger, Receiver } from '@slack/bolt'
import type { WebClientOptions } from '@slack/web-api'
import type { SlackSettings, Transport } from './parts.ts'

type SocketTransport = Extract<Transport, { kind: 'socket' }>
type HttpTransport = Extract<Transport, { kind: 'http' }>

/** How long Slack may take to close a socket, in ms. */
const closeMs = 3000

export function createReceiver(settings: SlackSettings, clientOptions: WebClientOptions, logger: Logger): Receiver {
  const { transport } = settings
  return transport.kind === 'socket'
    ? socketReceiver(transport, clientOptions, logger)
    : httpReceiver(transport, logger)
}

/**
 * Several WebSockets as one receiver. When Slack renews one (about every hour) Bolt needs 5 s for a new one; the others
 * go on meanwhile (measured with bolt 5.1.0; a single socket loses the commands of those seconds).
 */
function socketReceiver(
  { appToken, connections = 2 }: SocketTransport,
  clientOptions: WebClientOptions,
  logger: Logger,
): Receiver {
  const sockets = Array.from(
    { length: connections },
    () => new SocketModeReceiver({ appToken, logger, installerOptions: { clientOptions } }),
  )
  return {
    init: (app: App) => {
      for (const socket of sockets) socket.init(app)
    },
    start: async () => {
      try {
        await Promise.all(sockets.map((socket) => socket.start()))
      } catch (error) {
        await Promise.all(sockets.map(closed))
        throw error
      }
    },
    stop: () => Promise.all(sockets.map(closed)),
  }
}

/** Bolt's own stop() ends before the socket does (slackapi/bolt-js pull request 3042): the client says when it is closed. */
async function closed({ client }: SocketModeReceiver): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const tooLong = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, closeMs)
  })
  await Promise.race([client.disconnect(), tooLong])
  clearTimeout(timer)
}

/** Checks the signature over the raw body and its age (5 minutes) before anything is parsed. */
function httpReceiver({ signingSecret, port, listenOn }: HttpTransport, logger: Logger): Receiver {
  const http = new HTTPReceiver({ signingSecret, port, logger, endpoints: ['/slack/events'] })
  return {
    init: (app: App) => http.init(app),
    start: () => http.start({ port, ...(listenOn === undefined ? {} : { host: listenOn }) }),
    stop: () => http.stop(),
  }
}
