import { App, HTTPReceiver, LogLevel, SocketModeReceiver } from '@slack/bolt'

import type { StandIn } from '../../../demo/slack/stand-in.ts'

export interface RunningApp {
  readonly app: App
  stop(): Promise<void>
}

const logLevel = LogLevel.ERROR

/** A real Bolt app over Socket Mode against the stand-in, connected when this resolves. */
export async function startSocketApp(slack: StandIn, setUp: (app: App) => void): Promise<RunningApp> {
  const receiver = new SocketModeReceiver({
    appToken: slack.appToken,
    logLevel,
    clientPingTimeout: 1000,
    installerOptions: { clientOptions: { slackApiUrl: slack.apiUrl } },
  })
  const app = new App({
    token: slack.botToken,
    receiver,
    logLevel,
    clientOptions: { slackApiUrl: slack.apiUrl },
    deferInitialization: true,
  })
  setUp(app)
  await app.init()
  await app.start()
  await slack.waitFor(() => slack.connections() > 0)
  return {
    app,
    async stop() {
      // stop() resolves while the socket is still open.
      await app.stop()
      await slack.waitFor(() => slack.connections() === 0)
    },
  }
}

/** A real Bolt app over signed HTTP; the stand-in delivers to it from now on. */
export async function startHttpApp(slack: StandIn, setUp: (app: App) => void): Promise<RunningApp> {
  const receiver = new HTTPReceiver({ signingSecret: slack.signingSecret, logLevel })
  const app = new App({
    token: slack.botToken,
    receiver,
    logLevel,
    clientOptions: { slackApiUrl: slack.apiUrl },
    deferInitialization: true,
  })
  setUp(app)
  await app.init()
  const server = await app.start({ port: 0, host: '127.0.0.1' })
  const bound = 'address' in server ? server.address() : null
  if (typeof bound !== 'object' || bound === null) throw new Error('the app listens nowhere')
  slack.useTransport({ kind: 'http', url: `http://127.0.0.1:${bound.port}/slack/events` })
  return {
    app,
    async stop() {
      await app.stop()
    },
  }
}
