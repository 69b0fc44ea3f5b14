import { HTTPReceiver, SocketModeReceiver } from '@slack/bolt'
import type { App, Logger, Receiver } from '@slack/bolt'
import type { WebClientOptions } from '@slack/web-api'
import { keepSocket } from './kept-socket.ts'
import type { SlackSettings, Transport } from './parts.ts'

type SocketTransport = Extract<Transport, { kind: 'socket' }>
type HttpTransport = Extract<Transport, { kind: 'http' }>

export function createReceiver(settings: SlackSettings, clientOptions: WebClientOptions, logger: Logger): Receiver {
  const { transport } = settings
  return transport.kind === 'socket'
    ? socketReceiver(transport, clientOptions, logger)
    : httpReceiver(transport, logger)
}

/** Several WebSockets as one receiver: while Slack renews one, the others go on. */
function socketReceiver(
  { appToken, connections = 2 }: SocketTransport,
  clientOptions: WebClientOptions,
  logger: Logger,
): Receiver {
  const options = { appToken, logger, autoReconnectEnabled: false, installerOptions: { clientOptions } }
  const receivers = Array.from({ length: connections }, () => new SocketModeReceiver(options))
  const sockets = receivers.map(({ client }) => keepSocket(client, logger))
  return {
    init: (app: App) => {
      for (const receiver of receivers) receiver.init(app)
    },
    start: async () => {
      try {
        await Promise.all(sockets.map((socket) => socket.start()))
      } catch (error) {
        await Promise.all(sockets.map((socket) => socket.stop()))
        throw error
      }
    },
    stop: () => Promise.all(sockets.map((socket) => socket.stop())),
  }
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
