import { startStandIn } from '../../demo/slack/stand-in.ts'
import type { StandIn, StandInOptions } from '../../demo/slack/stand-in.ts'
import type { AlertMessages } from '../../src/alerts/alert-messages.ts'
import type { AlertThreads } from '../../src/alerts/storm/alert-threads.ts'
import type { Proposal } from '../../src/approval/proposal.ts'
import { QueueUnreachableError } from '../../src/jobs/desk.ts'
import type { FeedbackDesk } from '../../src/jobs/feedback.ts'
import type { FreezeDesk } from '../../src/jobs/freeze-desk.ts'
import type { Review } from '../../src/approval/review.ts'
import type { ShownLine } from '../../src/audit/recent.ts'
import type { Desk, FleetOffer, FleetPressResult, Presser, PressResult, ReviewResult } from '../../src/jobs/desk.ts'
import type { HistoryOutline } from '../../src/jobs/history-outline.ts'
import type { ThreadUpdate } from '../../src/jobs/post.ts'
import type { DiagnosisRequest, FleetRequest, LookRequest } from '../../src/jobs/request.ts'
import type { Thread, ThreadStore } from '../../src/jobs/thread.ts'
import { createLog } from '../../src/log.ts'
import { createSlack } from '../../src/slack/app.ts'
import type { SlackApp } from '../../src/slack/app.ts'
import type { AskDecision, SecondFactor, SlackParts, SlackSettings } from '../../src/slack/parts.ts'
import { type MemoryFleets, memoryFleets } from './memory-fleets.ts'
import { inventoryOfTests } from '../commands/inventory-of-tests.ts'

export type TransportKind = 'socket' | 'http'

/** Queues in memory: what was asked for, who pressed what, and a switch that takes Redis away. */
export interface MemoryQueues extends Desk, ThreadStore {
  readonly requests: DiagnosisRequest[]
  readonly fleetRequests: FleetRequest[]
  readonly lookRequests: LookRequest[]
  readonly fleets: MemoryFleets
  readonly presses: (readonly [proposalId: string, userId: string])[]
  readonly seenBefore: (key: string) => Promise<boolean>
  proposal: Proposal | null
  pressing: (userId: string) => PressResult
  offers: readonly FleetOffer[]
  pressingTogether: (userId: string) => FleetPressResult
  /** Who pressed, with what Slack and the window say of it. */
  readonly pressers: Presser[]
  readonly waiting: Review[]
  reviewing: () => ReviewResult
  readonly audit: ShownLine[]
  outline: HistoryOutline
  reachable: boolean
}

export interface Office {
  readonly slack: StandIn
  readonly bot: SlackApp
  /** What it was made of, for a second one beside it. */
  readonly parts: SlackParts
  readonly queues: MemoryQueues
  readonly said: string[]
  /** Where Slack's HTTP requests go. */
  readonly url: string
  /** Delivers an update as the post queue does: in order, with the thread as stored, noted when it was applied. */
  readonly post: (threadId: string, update: ThreadUpdate) => Promise<void>
  readonly close: () => Promise<void>
}

interface OfficeOptions extends StandInOptions {
  readonly mostHosts?: number
  readonly mayAsk?: () => AskDecision | Promise<AskDecision>
  readonly freezes?: FreezeDesk
  readonly secondFactor?: SecondFactor
  readonly feedback?: (threads: ThreadStore) => FeedbackDesk
  readonly alertMessages?: AlertMessages
  readonly alertThreads?: AlertThreads
  readonly watching?: SlackParts['watching']
  readonly groupSweeps?: SlackParts['groupSweeps']
  readonly forAlerts?: Pick<SlackParts, 'muteDesk' | 'status' | 'untold'>
}

/** The real Slack side over one transport, against the stand-in; only the queues are of memory. */
export async function openOffice(kind: TransportKind, options: OfficeOptions = {}): Promise<Office> {
  const slack = await startStandIn({ ackTimeoutMs: 2000, retryDelaysMs: [], ...options })
  const queues = memoryQueues()
  const said: string[] = []
  const { settings, port } = await settingsFor(kind, slack)
  const parts: SlackParts = {
    desk: queues,
    threads: queues,
    fleets: queues.fleets,
    mostHosts: options.mostHosts ?? 200,
    inventory: inventoryOfTests,
    seenBefore: queues.seenBefore,
    mayAsk: options.mayAsk ?? (() => ({ allowed: true })),
    freezes: options.freezes ?? nobodyFreezes,
    secondFactor: options.secondFactor ?? nobodyEnrolled,
    ...(options.feedback ? { feedback: options.feedback(queues) } : {}),
    historyOf: async () => queues.outline,
    ...(options.alertMessages ? { alertMessages: options.alertMessages } : {}),
    ...(options.alertThreads ? { alertThreads: options.alertThreads } : {}),
    ...options.forAlerts,
    ...(options.watching ? { watching: options.watching } : {}),
    ...(options.groupSweeps ? { groupSweeps: options.groupSweeps } : {}),
    auditOf: async (host) => queues.audit.filter((line) => 'host' in line && line.host === host),
    now: () => new Date('2026-11-21T03:09:00Z'),
    newId: counter(),
    log: createLog('info', { write: (line) => void said.push(line) }),
  }
  const bot = await createSlack(settings, parts)
  await bot.start()
  if (kind === 'http') slack.useTransport({ kind: 'http', url: `http://127.0.0.1:${port}/slack/events` })
  const applied = new Map<string, number>()
  return {
    slack,
    bot,
    parts,
    queues,
    said,
    url: `http://127.0.0.1:${port}/slack/events`,
    post: async (threadId, update) => {
      const revision = (applied.get(threadId) ?? 0) + 1
      const thread = await queues.find(threadId)
      if (thread === null) throw new Error(`no thread ${threadId}`)
      await bot.deliver({ threadId, revision, update }, thread)
      applied.set(threadId, revision)
    },
    close: async () => {
      await bot.stop()
      await slack.close()
    },
  }
}

/** Nothing is frozen, and nobody can change that. */
export const nobodyFreezes: FreezeDesk = {
  freeze: async () => ({ kind: 'refused', because: 'freezes are not part of this test' }),
  unfreeze: async () => ({ kind: 'refused', because: 'freezes are not part of this test' }),
  list: async () => ({ chat: [], policy: [] }),
}

async function settingsFor(kind: TransportKind, slack: StandIn): Promise<{ settings: SlackSettings; port: number }> {
  const port = await freePort()
  const transport: SlackSettings['transport'] =
    kind === 'socket'
      ? { kind: 'socket', appToken: slack.appToken }
      : { kind: 'http', signingSecret: slack.signingSecret, port, listenOn: '127.0.0.1' }
  return { settings: { botToken: slack.botToken, apiUrl: slack.apiUrl, transport }, port }
}

export async function freePort(): Promise<number> {
  const { createServer } = await import('node:net')
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(address !== null && typeof address === 'object' ? address.port : 0))
    })
  })
}

const nobodyEnrolled: SecondFactor = {
  isEnrolled: async () => false,
  check: async () => ({ ok: false, because: 'No second factor is enrolled for you.' }),
}

function memoryQueues(): MemoryQueues {
  const threads = new Map<string, Thread>()
  const urls = new Map<string, string>()
  const seen = new Set<string>()
  const queues: MemoryQueues = {
    requests: [],
    fleetRequests: [],
    lookRequests: [],
    fleets: memoryFleets(),
    presses: [],
    proposal: null,
    pressing: () => ({ kind: 'unknown' }),
    offers: [],
    pressingTogether: () => ({ kind: 'unknown' }),
    pressers: [],
    waiting: [],
    reviewing: () => ({ kind: 'gone' }),
    audit: [],
    outline: { rows: [], counts: [], healthy: 0, left: 0, more: false },
    reachable: true,
    async diagnose(request) {
      reach()
      const running = queues.requests.some(({ host }) => host === request.host)
      queues.requests.push(request)
      return { kind: running ? 'joined' : 'queued', diagnosisId: request.id }
    },
    async diagnoseAll(request) {
      reach()
      queues.fleetRequests.push(request)
      queues.fleets.ask(request)
      change(request.threadId, { fleet: request.title })
      return { queued: request.hosts.length, joined: 0 }
    },
    async look(request) {
      reach()
      queues.lookRequests.push(request)
    },
    async press(proposalId, presser) {
      reach()
      const { userId } = presser
      queues.presses.push([proposalId, userId])
      queues.pressers.push(presser)
      return queues.pressing(userId)
    },
    offerTogether: async () => queues.offers,
    async pressTogether(runId, { userId }) {
      reach()
      queues.presses.push([runId, userId])
      return queues.pressingTogether(userId)
    },
    wishesOf: async () => queues.proposal && { proposal: queues.proposal, secondFactor: false },
    reviews: async () => queues.waiting,
    review: async () => queues.reviewing(),
    async seenBefore(key) {
      reach()
      const known = seen.has(key)
      seen.add(key)
      return known
    },
    async open(thread, responseUrl) {
      reach()
      threads.set(thread.id, { ...thread, appliedRevision: 0, posted: {} })
      if (responseUrl !== undefined) urls.set(thread.id, responseUrl)
    },
    find: async (id) => threads.get(id) ?? null,
    responseUrl: async (id) => urls.get(id) ?? null,
    place: async (id, place) => change(id, place),
    remember: async (id, key, ts) => change(id, { posted: { ...threads.get(id)?.posted, [key]: ts } }),
  }
  function change(id: string, patch: Partial<Thread>): void {
    const thread = threads.get(id)
    if (thread !== undefined) threads.set(id, { ...thread, ...patch })
  }
  function reach(): void {
    if (!queues.reachable) throw new QueueUnreachableError()
  }
  return queues
}

function counter(): () => string {
  let last = 0
  return () => {
    last += 1
    return `id-${last}`
  }
}
