import { randomBytes } from 'node:crypto'
import { pino } from 'pino'
import { actionOf } from '../../src/actions/index.ts'
import { approversOnly } from '../../src/approval/policy/approvers-only.ts'
import { createFleetRunStore } from '../../src/approval/fleet-run-store.ts'
import { createProposalMaker, createProposalStore, type ProposalStore } from '../../src/approval/proposal-store.ts'
import type { CheckLimits } from '../../src/jobs/check-limits.ts'
import type { Deliver, Presser } from '../../src/jobs/desk.ts'
import { createDesk } from '../../src/jobs/desk-on-redis.ts'
import { diagnose, type DiagnoseParts, giveUp } from '../../src/jobs/diagnose-job.ts'
import { createFleetRuns } from '../../src/jobs/fleet-runs.ts'
import { createDiagnosisBoard } from '../../src/jobs/diagnosis-board.ts'
import { drain } from '../../src/jobs/drain.ts'
import type { Examine } from '../../src/jobs/examination.ts'
import { createLastHealthy } from '../../src/history/last-healthy.ts'
import { createLearnedSites } from '../../src/history/learned-sites.ts'
import { createHistory } from '../../src/history/store.ts'
import { createKeepSaid } from '../../src/jobs/keep-said.ts'
import { createKeptAnswers } from '../../src/jobs/kept-answers.ts'
import { createOutbox } from '../../src/jobs/outbox.ts'
import type { Post, ThreadUpdate } from '../../src/jobs/post.ts'
import { type ActQueue, createActQueue } from '../../src/jobs/queue-act.ts'
import { createDiagnoseQueue } from '../../src/jobs/queue-diagnose.ts'
import { startDiagnoseWorker } from '../../src/jobs/work-diagnose.ts'
import { createPostQueue, startPostWorker } from '../../src/jobs/queue-post.ts'
import type { NoteRefusal } from '../../src/jobs/refusals.ts'
import type { DiagnosisRequest } from '../../src/jobs/request.ts'
import { createReviewStore } from '../../src/jobs/review-store.ts'
import { startSweep, sweepDiagnoses, sweepOutboxes } from '../../src/jobs/sweep.ts'
import { createTellApproval } from '../../src/jobs/tell-approval.ts'
import { createThreadStore } from '../../src/jobs/thread-store.ts'
import { openRedis, type RedisClient } from '../../src/redis.ts'
import { botKeys, workerKeys } from './keys.ts'

export const quiet = pino({ level: process.env['TEST_LOG'] ?? 'silent' })
export const newId = (): string => randomBytes(16).toString('hex')
export const now = (): Date => new Date()
export const approver = 'U0APPROVER'
/** Ten people, each of whom may approve alone. */
export const approvers = [approver, ...Array.from({ length: 9 }, (_, index) => `U0APPROVER${index}`)]
export const policy = () => approversOnly(approvers)
export const hostOf = (name: string) => ({ name, groups: [], labels: {} })
/** The limits of the policy are for tests of their own. */
export const noLimits: CheckLimits = () => Promise.resolve({ ok: true, release: () => Promise.resolve() })
export const note = (): Promise<void> => Promise.resolve()
/** A record that nobody reads; tests of the audit open a real one. */
export const unread = { append: () => Promise.reject(new Error('no audit here')), aloneAt: () => null }
const deskRest = {
  newId,
  signer: botKeys.signer,
  bot: botKeys.bot,
  policy,
  hostOf,
  note,
  audit: unread,
  minutes: 10,
  actionsAtOnce: 2,
  now,
}

/** A press of a person who is in no user group. */
export function presserOf(userId: string, more: Partial<Presser> = {}): Presser {
  return {
    userId,
    channel: 'C1',
    how: 'click',
    reason: null,
    secondFactor: false,
    memberOf: () => Promise.resolve([]),
    whyNot: () => Promise.resolve(null),
    announce: () => Promise.resolve(),
    callOff: () => Promise.resolve(),
    ...more,
  }
}

export const captureLimits = { hours: 24, wrongDays: 90, megabytes: 64 }

export const guards = new Map([['start-unit checkout-api.service', 'unit 4f2a down 0']])

export function requestFor(host: string, threadId: string, more: Partial<DiagnosisRequest> = {}): DiagnosisRequest {
  return { id: newId(), host, threadId, requester: { kind: 'user', userId: `U-${threadId}` }, ...more }
}

/** Stands between the bot and its stores, for a test that ends the process at one of these steps. */
export interface Between {
  readonly proposals: (store: ProposalStore) => ProposalStore
  readonly acts: (queue: ActQueue) => ActQueue
}

const untouched: Between = { proposals: (store) => store, acts: (queue) => queue }

/** What the bot does, with a deliver of the test's own. Everything else is the real thing. */
export async function startBot(url: string, deliver: Deliver, between: Between = untouched) {
  const ask = await openRedis(url, 'ask', { log: quiet })
  const work = await openRedis(url, 'work', { log: quiet })
  const threads = createThreadStore(ask)
  const diagnoses = createDiagnoseQueue(ask, quiet)
  const acts = between.acts(createActQueue(ask, quiet))
  const posts = createPostQueue(work, quiet)
  const outbox = createOutbox(work, botKeys)
  const proposals = between.proposals(createProposalStore(ask, botKeys.worker))
  const board = createDiagnosisBoard(ask, botKeys)
  const tell = createTellApproval(ask, board, posts)
  const reviews = createReviewStore(ask)
  const runs = createFleetRunStore(ask, botKeys.bot, botKeys.signer)
  const parts = { ...deskRest, client: ask, board, diagnoses, acts, proposals, runs, tell, reviews, log: quiet }
  const desk = createDesk(parts)
  const fleetRuns = createFleetRuns(parts, () => (userId) => presserOf(userId))
  const { hear } = fleetRuns
  const worker = startPostWorker(work, (id) => drain(id, { outbox, threads, hear, deliver, note, log: quiet }), {
    log: quiet,
    concurrency: 5,
  })
  const sweep = startSweep('outboxes', () => sweepOutboxes(outbox, posts), 500, quiet)
  const sweepRuns = startSweep('runs', fleetRuns.sweep, 500, quiet)

  async function openThread(id: string): Promise<void> {
    const requester = { kind: 'user', userId: `U-${id}` } as const
    await threads.open({ id, channel: 'C1', rootTs: null, threadTs: null, requester, via: 'root' })
  }
  return {
    desk,
    threads,
    proposals,
    runs,
    openThread,
    ask: async (host: string, threadId: string) => {
      await openThread(threadId)
      return desk.diagnose(requestFor(host, threadId))
    },
    stop: async () => {
      await sweepRuns.close()
      await sweep.close()
      await worker.close()
      await Promise.all([diagnoses.close(), acts.close(), posts.close()])
      disconnect(ask, work)
    },
  }
}

/** What the worker does for diagnoses, with an engine of the test's own. */
export async function startDiagnosing(
  url: string,
  examine: Examine,
  log = quiet,
  noteRefusal: NoteRefusal = note,
  more: Pick<DiagnoseParts, 'pastActions'> = {},
) {
  const work = await openRedis(url, 'work', { log: quiet })
  const board = createDiagnosisBoard(work, workerKeys)
  const posts = createPostQueue(work, quiet)
  const queue = createDiagnoseQueue(work, quiet)
  const offer = { minutes: 10, hostOf, membersOf: () => [], actionOf, refusalOf: () => null }
  const parts: DiagnoseParts = {
    board,
    posts,
    proposals: createProposalMaker(work, workerKeys.worker, workerKeys.signer),
    examine,
    offer,
    policy,
    lastHealthy: createLastHealthy(work),
    learnedSites: createLearnedSites(work, workerKeys.signer),
    history: createHistory({ client: work, ...workerKeys, days: 90, now }),
    keptAnswers: createKeptAnswers(work),
    keepSaid: createKeepSaid({
      client: work,
      signer: workerKeys.signer,
      board,
      limits: captureLimits,
      log: quiet,
      now,
    }),
    note: noteRefusal,
    knows: (host) => !host.startsWith('unknown'),
    log,
    now,
    newId,
    limitMs: 20_000,
    progressEveryMs: 100,
    ...more,
  }
  const worker = startDiagnoseWorker(work, (run) => diagnose(run, parts), { log: quiet, concurrency: 4 })
  const sweep = startSweep('diagnoses', () => sweepDiagnoses(board, queue, (asked) => giveUp(asked, parts)), 500, quiet)
  return {
    board,
    /** What a bot does that dies before it queues the job. */
    askOnly: (request: DiagnosisRequest) => createDiagnosisBoard(work, botKeys).join(request, now()),
    stop: async () => {
      await sweep.close()
      await worker.close()
      await Promise.all([posts.close(), queue.close()])
      disconnect(work)
    },
  }
}

/** A deliver that keeps what it got, thread by thread. */
export function createDelivered() {
  const posts: Post[] = []
  const of = <K extends ThreadUpdate['kind']>(threadId: string, kind: K): Extract<ThreadUpdate, { kind: K }>[] =>
    posts
      .filter((post) => post.threadId === threadId)
      .map((post) => post.update)
      .filter((update): update is Extract<ThreadUpdate, { kind: K }> => update.kind === kind)
  const deliver: Deliver = (post) => {
    posts.push(post)
    return Promise.resolve()
  }
  return { posts, of, deliver }
}

export function disconnect(...clients: readonly RedisClient[]): void {
  for (const client of clients) client.disconnect()
}
