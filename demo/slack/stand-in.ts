import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { Server } from 'node:http'

import type { Call } from './call-log.ts'
import { defaultCast } from './cast.ts'
import type { Cast } from './cast.ts'
import { createDeliveries } from './event-retries.ts'
import type { DeliveryRecord } from './event-retries.ts'
import { createFaults } from './faults.ts'
import type { Fault } from './faults.ts'
import { createHttpDelivery } from './http-delivery.ts'
import { createIds } from './ids.ts'
import { listen, shut } from './listen.ts'
import type { Page, PageOptions } from './page/page-server.ts'
import { sendMessageEvents } from './message-events.ts'
import type { Integration, Message } from './model.ts'
import type { JsonObject, Json } from './json.ts'
import { createPerson } from './person.ts'
import type { Person } from './person.ts'
import { createRateBook } from './rate-tiers.ts'
import type { RateCount } from './rate-tiers.ts'
import { createResponseUrls } from './response-url.ts'
import { createRoutes } from './routes.ts'
import { createSocketMode } from './socket-mode.ts'
import type { DisconnectReason } from './socket-mode.ts'
import { createTriggers } from './triggers.ts'
import { createViews } from './views.ts'
import type { Views } from './views.ts'
import { waitUntil } from './wait-for.ts'
import type { Upload } from './web-api/method.ts'
import { createWorkspace } from './workspace.ts'
import type { Workspace } from './workspace.ts'

export type TransportChoice =
  | { readonly kind: 'socket' }
  | { readonly kind: 'http'; /** The app's request URL. */ readonly url: string }

export interface StandInOptions {
  /** Port of the Web API and the sockets; any free one when absent. */
  readonly port?: number
  readonly transport?: TransportChoice
  readonly cast?: Cast
  readonly commands?: readonly string[]
  readonly botToken?: string
  readonly appToken?: string
  readonly signingSecret?: string
  readonly now?: () => number
  /** Turns away calls beyond Slack's tiers with 429. They are counted in any case. */
  readonly enforceRates?: boolean
  readonly postsPublicly?: boolean
  /** Scopes that are listed beside each answer. */
  readonly scopes?: readonly string[]
  /** The app is subscribed to message.channels and message.groups: it hears every message where it is a member. */
  readonly messageEvents?: boolean
  /** Slack gives an app three seconds. */
  readonly ackTimeoutMs?: number
  readonly retryDelaysMs?: readonly number[]
  /** Serves the page for people as well. */
  readonly page?: PageOptions
}

export interface StandIn {
  /** For Bolt's `slackApiUrl`, with the slash at its end. */
  readonly apiUrl: string
  /** Where the page is, or null when none was asked for. */
  readonly pageUrl: string | null
  readonly botToken: string
  readonly appToken: string
  readonly signingSecret: string
  readonly person: Person
  /** Another app posts; what it says is not checked, as only this bot's own messages are. */
  postAs(by: Integration, channel: string, content: OtherContent): Message
  readonly workspace: Workspace
  readonly views: Views
  calls(method?: string): readonly Call[]
  deliveries(): readonly DeliveryRecord[]
  rates(): ReadonlyMap<string, RateCount>
  failNext(fault: Fault): void
  /** Takes effect with the next delivery. */
  useTransport(transport: TransportChoice): void
  connections(): number
  disconnect(reason?: DisconnectReason): void
  dropConnections(): void
  /** Asks after every change until the answer is something; 10 s unless told otherwise. */
  waitFor<T>(ask: () => T | undefined | null | false, options?: { readonly deadlineMs?: number }): Promise<T>
  close(): Promise<void>
}

export interface OtherContent {
  readonly text?: string
  readonly attachments?: readonly JsonObject[]
  readonly blocks?: readonly Json[]
  readonly threadTs?: string
}

/** Starts a Slack of our own on loopback. Rejects when the port is taken. */
export async function startStandIn(options: StandInOptions = {}): Promise<StandIn> {
  const now = options.now ?? Date.now
  const ackTimeoutMs = options.ackTimeoutMs ?? 3000
  const botToken = options.botToken ?? `xoxb-stand-in-${randomBytes(8).toString('hex')}`
  const appToken = options.appToken ?? `xapp-1-stand-in-${randomBytes(8).toString('hex')}`
  const signingSecret = options.signingSecret ?? randomBytes(16).toString('hex')

  const ids = createIds(now)
  const workspace = createWorkspace(options.cast ?? defaultCast, ids)
  const triggers = createTriggers(ids, now)
  const views = createViews(workspace, ids)
  const rates = createRateBook(now)
  const faults = createFaults()
  const calls: Call[] = []
  const watchers = new Set<() => void>()
  workspace.onChange(wake)
  function wake(): void {
    // A watcher may leave while it is asked; a Set goes on with the others.
    for (const watcher of watchers) watcher()
  }
  function log(call: Call): void {
    calls.push(call)
    wake()
  }

  let address = ''
  const origin = (): string => `http://${address}`
  const responseUrls = createResponseUrls(workspace, ids, now, origin)
  const sockets = createSocketMode({ ids, appId: workspace.appId, ackTimeoutMs, now, address: () => address })
  const transportOf = (choice: TransportChoice) =>
    choice.kind === 'socket' ? sockets : createHttpDelivery({ url: choice.url, signingSecret, ackTimeoutMs, now })
  let transport = transportOf(options.transport ?? { kind: 'socket' })
  const retryDelaysMs = options.retryDelaysMs ?? [0, 60_000, 300_000]
  const deliveries = createDeliveries({ transport: () => transport, retryDelaysMs, now, onAttempt: wake })

  const context = {
    workspace,
    ids,
    now,
    origin,
    triggers,
    views,
    uploads: new Map<string, Upload>(),
    newSocketUrl: () => sockets.newUrl(),
    postsPublicly: options.postsPublicly ?? false,
  }
  const enforceRates = (): boolean => options.enforceRates ?? false
  const scopes = options.scopes ?? null
  const routes = createRoutes({ context, botToken, appToken, faults, rates, enforceRates, scopes, log }, responseUrls)
  const server: Server = createServer(routes)
  server.on('upgrade', (request, socket, head) => sockets.accept(request, socket, head))
  address = await listen(server, options.port ?? 0)

  const person = createPerson({
    workspace,
    deliveries,
    ids,
    now,
    triggers,
    views,
    responseUrls,
    commands: options.commands ?? ['/nginx'],
  })
  const silence = options.messageEvents === true ? sendMessageEvents({ workspace, deliveries, ids, now }) : () => {}
  const page = options.page ? await openPage(workspace, views, person, options.page) : null

  return {
    apiUrl: `${origin()}/api/`,
    pageUrl: page?.url ?? null,
    botToken,
    appToken,
    signingSecret,
    workspace,
    views,
    person,
    postAs(by, channelName, content) {
      const channel = workspace.channel(channelName)
      if (!channel) throw new Error(`no channel ${channelName} in this workspace`)
      return workspace.post({ channel: channel.id, user: by.user.id, ...content, text: content.text ?? '' })
    },
    calls: (method) => (method ? calls.filter((call) => call.method === method) : calls),
    deliveries: () => deliveries.log(),
    rates: () => rates.counts(),
    failNext: (fault) => faults.failNext(fault),
    useTransport(choice) {
      transport = transportOf(choice)
    },
    connections: () => sockets.connections(),
    disconnect: (reason = 'refresh_requested') => sockets.disconnect(reason),
    dropConnections: () => sockets.drop(),
    waitFor: (ask, { deadlineMs = 10_000 } = {}) =>
      waitUntil(ask, subscribe(watchers), () => describe(workspace), deadlineMs),
    async close() {
      silence()
      deliveries.close()
      await page?.close()
      await transport.close()
      await sockets.close()
      await shut(server)
    },
  }
}

/** React and the renderer are loaded only where somebody looks. */
async function openPage(workspace: Workspace, views: Views, person: Person, options: PageOptions): Promise<Page> {
  const { startPage } = await import('./page/page-server.ts')
  return startPage(workspace, views, person, options)
}

/** Socket changes and the like wake nobody, so a watcher is also asked every now and then. */
function subscribe(watchers: Set<() => void>): (again: () => void) => () => void {
  return (again) => {
    const timer = setInterval(again, 20)
    watchers.add(again)
    return () => {
      clearInterval(timer)
      watchers.delete(again)
    }
  }
}

function describe(workspace: Workspace): string {
  const lines = workspace.channels().flatMap((channel) =>
    workspace.messages(channel.id).map((message) => {
      const who = message.ephemeralTo ? `${message.user} to ${message.ephemeralTo}` : message.user
      return `#${channel.name} ${message.threadTs ? '  ' : ''}${message.ts} ${who}: ${message.text}`
    }),
  )
  return lines.join('\n') || 'no message at all'
}
