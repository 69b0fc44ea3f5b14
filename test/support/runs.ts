import { createFleetRunStore } from '../../src/approval/fleet-run-store.ts'
import type { Policy } from '../../src/approval/policy/policy.ts'
import { createProposalMaker, createProposalStore } from '../../src/approval/proposal-store.ts'
import type { Proposal } from '../../src/approval/proposal.ts'
import type { Verdict } from '../../src/diagnosis/diagnosis.ts'
import { createDesk } from '../../src/jobs/desk-on-redis.ts'
import type { Presser } from '../../src/jobs/desk.ts'
import { createDiagnosisBoard } from '../../src/jobs/diagnosis-board.ts'
import { drain } from '../../src/jobs/drain.ts'
import { createFleetRuns } from '../../src/jobs/fleet-runs.ts'
import { createOutbox } from '../../src/jobs/outbox.ts'
import type { ActionOutcome, Post } from '../../src/jobs/post.ts'
import type { Refusal } from '../../src/jobs/refusals.ts'
import { createReviewStore } from '../../src/jobs/review-store.ts'
import { createTellApproval } from '../../src/jobs/tell-approval.ts'
import { createThreadStore } from '../../src/jobs/thread-store.ts'
import type { RedisClient } from '../../src/redis.ts'
import { hostOf, newId, presserOf, quiet, requestFor, unread } from './bench-of-queues.ts'
import { healthy } from './diagnosis.ts'
import { botKeys, workerKeys } from './keys.ts'

/** What changes while a run goes. */
export interface World {
  policy: Policy
  now: Date
  /** What Slack says of a person at this moment. */
  person: (userId: string) => Partial<Presser>
}

const ensure = async (): Promise<void> => {}

/** The bot's side of runs over several hosts on a real Redis, with people, policy and clock of the test's own; a worker only speaks. */
export function benchOfRuns(client: RedisClient, world: World) {
  const board = createDiagnosisBoard(client, botKeys)
  const proposals = createProposalMaker(client, workerKeys.worker, workerKeys.signer)
  const runs = createFleetRunStore(client, botKeys.bot, botKeys.signer)
  const threads = createThreadStore(client)
  const outbox = createOutbox(client, botKeys)
  const queued: string[] = []
  const refusals: Refusal[] = []
  const posts: Post[] = []
  const now = () => world.now
  const note = async (refusal: Refusal): Promise<void> => void refusals.push(refusal)
  const parts = {
    client,
    newId,
    board,
    diagnoses: { ensure, ensureAll: ensure, hurry: ensure },
    acts: { ensure: async (id: string) => void queued.push(id) },
    proposals: createProposalStore(client, botKeys.worker),
    runs,
    actionsAtOnce: 2,
    signer: botKeys.signer,
    bot: botKeys.bot,
    tell: createTellApproval(client, board, { wake: ensure }),
    reviews: createReviewStore(client),
    audit: unread,
    log: quiet,
    policy: () => world.policy,
    hostOf,
    note,
    minutes: 10,
    now,
  }
  const person = (userId: string): Presser => presserOf(userId, world.person(userId))
  const look = () => person
  const fleetRuns = createFleetRuns(parts, look)
  const desk = createDesk(parts)
  const deliver = async (one: Post): Promise<void> => void posts.push(one)

  /** A diagnosis of one host in the thread of the fleet, with its offer. */
  async function offer(threadId: string, host: string, more: Partial<Proposal> = {}): Promise<Proposal> {
    const { diagnosisId } = await board.join(requestFor(more.diagnosed ?? host, threadId), now())
    const proposal: Proposal = {
      id: newId(),
      host,
      diagnosed: host,
      action: 'reload-nginx',
      target: 'nginx.service',
      cause: 'config-not-reloaded',
      summary: 'the configuration on disk is newer than the workers',
      since: null,
      argv: ['systemctl', 'reload', 'nginx.service'],
      effect: 'Reloads nginx; no connection is cut.',
      alsoLoads: [],
      guard: 'nginx 4f2a up 0',
      requester: null,
      threadId,
      diagnosisId,
      createdAt: now().toISOString(),
      expiresAt: new Date(now().getTime() + 600_000).toISOString(),
      state: { kind: 'proposed' },
      ...more,
    }
    await proposals.save(proposal, now())
    return proposal
  }

  /** What a worker says when the action of this proposal has ended. */
  async function ends(proposal: Proposal, kind: ActionOutcome['kind'] = 'resolved', verdict: Verdict = 'healthy') {
    const outcome = { kind, detail: `${proposal.host} is as it is` }
    const diagnosis = { ...healthy(), host: proposal.host, verdict }
    const update = { kind: 'action-ended', proposal, outcome, diagnosis } as const
    const worker = createDiagnosisBoard(client, workerKeys)
    await worker.announce(proposal.diagnosisId, update, { run: null, last: false, once: `ended:${proposal.id}` })
    const at = now().toISOString()
    await proposals.apply(proposal.id, { kind: 'start', at })
    await proposals.apply(proposal.id, { kind: 'end', as: 'succeeded', detail: outcome.detail, at })
    await post()
  }

  async function post(): Promise<void> {
    for (const id of await outbox.waiting())
      await drain(id, { outbox, threads, hear: fleetRuns.hear, deliver, note, log: quiet })
  }

  return {
    desk,
    runs,
    proposals,
    queued,
    refusals,
    posts,
    offer,
    ends,
    post,
    sweep: fleetRuns.sweep,
    openThread: async (): Promise<string> => {
      const id = newId()
      const requester = { kind: 'user', userId: 'U0DANA' } as const
      await threads.open({ id, channel: 'C1', rootTs: null, threadTs: null, requester, via: 'root' })
      return id
    },
    press: (runId: string, userId: string) => desk.pressTogether(runId, { userId, channel: 'C1' }, look),
  }
}

export type BenchOfRuns = ReturnType<typeof benchOfRuns>
