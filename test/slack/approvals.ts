import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { dana, defaultCast, robin, sam } from '../../demo/slack/cast.ts'
import type { Message } from '../../demo/slack/model.ts'
import { startStandIn, type StandIn } from '../../demo/slack/stand-in.ts'
import type { Policy, Rule, Terms } from '../../src/approval/policy/policy.ts'
import { createProposalMaker, createProposalStore, type ProposalMaker } from '../../src/approval/proposal-store.ts'
import { createFleetRunStore } from '../../src/approval/fleet-run-store.ts'
import type { Proposal } from '../../src/approval/proposal.ts'
import { type Audit, openAudit } from '../../src/audit/audit.ts'
import { copyToRedis } from '../../src/audit/redis-copy.ts'
import { recentOf } from '../../src/audit/recent.ts'
import { createDesk } from '../../src/jobs/desk-on-redis.ts'
import { createDiagnosisBoard } from '../../src/jobs/diagnosis-board.ts'
import { drain } from '../../src/jobs/drain.ts'
import { createOutbox } from '../../src/jobs/outbox.ts'
import { createNoteRefusal } from '../../src/jobs/refusals.ts'
import { createFleetRuns } from '../../src/jobs/fleet-runs.ts'
import { createReviewStore } from '../../src/jobs/review-store.ts'
import { createSeenBefore } from '../../src/jobs/seen-before.ts'
import { createAskedSweep } from '../../src/jobs/sweep-asked.ts'
import { createTellApproval } from '../../src/jobs/tell-approval.ts'
import { createFleetStore } from '../../src/jobs/fleet-store.ts'
import { createThreadStore } from '../../src/jobs/thread-store.ts'
import { openRedis, type RedisClient } from '../../src/redis.ts'
import { createSecondFactor } from '../../src/second-factor/second-factor.ts'
import { createSlack, type SlackApp } from '../../src/slack/app.ts'
import { inventoryOfTests } from '../commands/inventory-of-tests.ts'
import { auditOptions } from '../support/audit-options.ts'
import { newId, quiet } from '../support/bench-of-queues.ts'
import { botKeys, workerKeys } from '../support/keys.ts'
import { startRedis, type TestRedis } from '../support/redis.ts'
import { diagnosed, proposal as exampleProposal } from './cases.ts'
import { nobodyFreezes } from './office.ts'

export const channel = 'C0INCIDENTS'
export const announceChannel = 'C0EDGEALERT'
export const approvers = 'S0APPROVERS'
/** A colleague who is in the channel of incidents and nowhere else. */
export const kim = { ...sam, id: 'U0KIM000004', name: 'kim', realName: 'Kim Sato', title: 'lead' }
export { dana, robin, sam }

const cast = {
  ...defaultCast,
  people: [...defaultCast.people, kim],
  channels: defaultCast.channels.map((each) =>
    each.id === channel || each.id === announceChannel ? { ...each, members: [...each.members, kim.id] } : each,
  ),
}

const two: Terms = { persons: 2, requester: true, breakGlass: true, windows: null, othersEdits: 'allow' }

/** Two people of the approvers' group for everything; Kim after three minutes; break-glass is announced among the alerts. */
export function fourEyes(rule: Partial<Rule> = {}, terms: Partial<Terms> = {}): Policy {
  const all = { ...two, ...terms }
  return {
    source: 'policy.yml',
    diagnose: null,
    mute: null,
    rules: [
      {
        hosts: { all: true, names: [], groups: [], labels: {} },
        approvers: { users: [kim.id], groups: [approvers] },
        terms: { start: all, reload: all, restart: all },
        channels: null,
        escalation: { contacts: [kim.id], afterMinutes: 3 },
        announce: announceChannel,
        secondFactor: false,
        watchSeconds: 60,
        ...rule,
      },
    ],
    freezes: [],
    limits: { restartsPerHour: 3, coolDownSeconds: 30, keepHealthy: 1 },
  }
}

export interface Bot {
  readonly app: SlackApp
  readonly audit: Audit
  /** Brings everything that waits to be said. */
  readonly post: () => Promise<void>
  /** Looks after what is asked for, and brings what it says. */
  readonly sweep: () => Promise<void>
  readonly stop: () => Promise<void>
}

/** Bots over one Slack and one Redis, all of them real, with a clock of the test's own. */
export interface Approvals {
  readonly slack: StandIn
  readonly redis: TestRedis
  readonly client: RedisClient
  readonly proposals: ProposalMaker
  /** Ids of proposals that were queued to be acted on. */
  readonly queued: string[]
  readonly secondFactorFile: string
  readonly usePolicy: (policy: Policy) => void
  readonly minutesLater: (minutes: number) => void
  /** The next time that a bot notes a message under such a key it cannot: it has died there, after Slack has the message. */
  readonly dieAtNoting: (key: RegExp) => void
  readonly now: () => Date
  readonly bot: () => Bot
  readonly startBot: () => Promise<Bot>
  /** A diagnosis that Dana asked for, with its offer in the channel. */
  readonly offer: (more?: Partial<Proposal>) => Promise<Offered>
  readonly close: () => Promise<void>
}

export interface Offered {
  readonly proposal: Proposal
  readonly message: () => Message
  /** Replies in its thread, the offer among them. */
  readonly replies: () => readonly Message[]
}

export const button = 'Start checkout-api.service on web-1'

export async function openApprovals(policy: Policy): Promise<Approvals> {
  let inForce = policy
  const redis = await startRedis()
  const client = await openRedis(redis.url, 'ask', { log: quiet })
  const slack = await startStandIn({ ackTimeoutMs: 3000, retryDelaysMs: [], cast })
  const folder = await mkdtemp(join(tmpdir(), 'gatemedic-approvals-'))
  const secondFactorFile = join(folder, 'second-factors.json')
  const queued: string[] = []
  let posting = Promise.resolve()
  const bots: Bot[] = []
  let later = 0
  let deadly: RegExp | null = null
  const now = () => new Date(Date.now() + later)
  const proposals = createProposalMaker(client, workerKeys.worker, workerKeys.signer)

  const ensure = async (id: string): Promise<void> => void queued.push(id)

  async function startBot(): Promise<Bot> {
    const ask = await openRedis(redis.url, 'ask', { log: quiet })
    const audit = await openAudit(folder, auditOptions({ writer: `bot-${bots.length}`, copy: copyToRedis(ask), now }))
    const board = createDiagnosisBoard(ask, botKeys)
    const store = createThreadStore(ask)
    const threads: typeof store = {
      ...store,
      remember: async (id, key, ts) => {
        if (deadly?.test(key) !== true) return store.remember(id, key, ts)
        deadly = null
        throw new Error(`died before ${key} was noted`)
      },
    }
    const outbox = createOutbox(ask, botKeys)
    const note = createNoteRefusal(audit, quiet, now)
    const common = {
      client: ask,
      board,
      diagnoses: { ensure, ensureAll: async () => {}, hurry: ensure },
      acts: { ensure },
      proposals: createProposalStore(ask, botKeys.worker),
      signer: botKeys.signer,
      bot: botKeys.bot,
      tell: createTellApproval(ask, board, { wake: () => Promise.resolve() }),
      reviews: createReviewStore(ask),
      runs: createFleetRunStore(ask, botKeys.bot, botKeys.signer),
      actionsAtOnce: 2,
      policy: () => inForce,
      hostOf: (name: string) => ({ name, groups: [], labels: {} }),
      note,
      audit,
      minutes: 10,
      log: quiet,
      now,
      newId,
    }
    const noteWrong = (by: string, because: string) =>
      note({ what: 'press', about: 'second factor', proposal: null, by, because })
    const app = await createSlack(
      { botToken: slack.botToken, apiUrl: slack.apiUrl, transport: { kind: 'socket', appToken: slack.appToken } },
      {
        desk: createDesk(common),
        threads,
        fleets: createFleetStore(ask),
        mostHosts: 200,
        inventory: inventoryOfTests,
        seenBefore: createSeenBefore(ask),
        mayAsk: () => ({ allowed: true }),
        freezes: nobodyFreezes,
        secondFactor: createSecondFactor(ask, { file: secondFactorFile, noteWrong, log: quiet, now }),
        auditOf: (host) => recentOf(ask, host),
        historyOf: () => Promise.reject(new Error('not asked in this test')),
        now,
        newId,
        log: quiet,
      },
    )
    await app.start()
    const sweep = createAskedSweep({ ...common, threads, memberOf: app.memberOf, callOff: app.callOff })
    const fleetRuns = createFleetRuns(common, app.lookAtPeople)
    const drainAll = async (): Promise<void> => {
      for (const id of await outbox.waiting())
        await drain(id, { outbox, threads, hear: fleetRuns.hear, deliver: app.deliver, note, log: quiet })
    }
    // The post queue gives a thread to one bot at a time; here the bots take turns.
    const post = (): Promise<void> => {
      posting = posting.catch(() => undefined).then(drainAll)
      return posting
    }
    const made: Bot = {
      app,
      audit,
      post,
      sweep: async () => {
        await sweep()
        await fleetRuns.sweep()
        await post()
      },
      stop: async () => {
        await app.stop()
        await audit.close()
        ask.disconnect()
      },
    }
    bots.push(made)
    return made
  }

  function bot(): Bot {
    const newest = bots.at(-1)
    if (newest === undefined) throw new Error('no bot runs')
    return newest
  }

  async function offer(more: Partial<Proposal> = {}): Promise<Offered> {
    const threadId = newId()
    const requester = { kind: 'user', userId: dana.id } as const
    const threads = createThreadStore(client)
    await threads.open({ id: threadId, channel, rootTs: null, threadTs: null, requester, via: 'root' })
    const request = { id: newId(), host: 'web-1', threadId, requester }
    const { diagnosisId } = await createDiagnosisBoard(client, botKeys).join(request, now())
    const proposal: Proposal = {
      ...exampleProposal,
      id: newId(),
      threadId,
      diagnosisId,
      requester: dana.id,
      createdAt: now().toISOString(),
      expiresAt: new Date(now().getTime() + 600_000).toISOString(),
      ...more,
    }
    await proposals.save(proposal, now())
    const board = createDiagnosisBoard(client, workerKeys)
    const update = { kind: 'diagnosis', diagnosis: diagnosed, proposal } as const
    await board.announce(diagnosisId, update, { run: null, last: true })
    await bot().post()
    const ts = (await threads.find(threadId))?.posted['verdict'] ?? ''
    const message = (): Message => {
      const found = slack.workspace.message(channel, ts)
      if (found === undefined) throw new Error('the offer was not posted')
      return found
    }
    return { proposal, message, replies: () => slack.workspace.thread(channel, message().threadTs ?? '') }
  }

  await startBot()
  return {
    slack,
    redis,
    client,
    proposals,
    queued,
    secondFactorFile,
    now,
    usePolicy: (another) => void (inForce = another),
    dieAtNoting: (key) => void (deadly = key),
    minutesLater: (minutes) => void (later += minutes * 60_000),
    bot,
    startBot,
    offer,
    close: async () => {
      await Promise.all(bots.map((each) => each.stop().catch(() => undefined)))
      client.disconnect()
      await slack.close()
      await redis.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** What this person was shown alone, in the order of time. */
export function shownAlone({ slack }: Approvals, userId: string): readonly Message[] {
  return slack.workspace.ephemerals(userId).toSorted((one, other) => one.ts.localeCompare(other.ts))
}

/** The next thing that this person is shown alone by what is done. */
export async function answerTo(approvals: Approvals, userId: string, act: () => Promise<unknown>): Promise<Message> {
  const before = shownAlone(approvals, userId).length
  await act()
  return approvals.slack.waitFor(() => shownAlone(approvals, userId)[before], { deadlineMs: 40_000 })
}

/** Presses and waits until the person was answered; gives what he alone was shown. */
export async function pressed(approvals: Approvals, userId: string, message: Message, which = button): Promise<string> {
  const { person } = approvals.slack
  return JSON.stringify(
    await answerTo(approvals, userId, () => person.press(userId, message, which, { answer: 'confirm' })),
  )
}

/** What this person was shown last, alone. */
export function lastAlone(approvals: Approvals, userId: string): Message {
  const last = shownAlone(approvals, userId).at(-1)
  if (last === undefined) throw new Error('nothing was shown to this person alone')
  return last
}
