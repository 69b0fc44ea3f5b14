import type { Proposal } from '../../src/approval/proposal.ts'
import { signApproval } from '../../src/approval/approval.ts'
import { createProposalMaker, createProposalStore } from '../../src/approval/proposal-store.ts'
import { createDiagnosisBoard } from '../../src/jobs/diagnosis-board.ts'
import { createOutbox } from '../../src/jobs/outbox.ts'
import type { ThreadUpdate } from '../../src/jobs/post.ts'
import type { RedisClient } from '../../src/redis.ts'
import { approver, newId, now, requestFor } from './bench-of-queues.ts'
import { botKeys, workerKeys } from './keys.ts'

/** A proposal of a diagnosis with one thread, claimed by an approver just now. */
export async function claimedProposal(
  client: RedisClient,
  overrides: Partial<Proposal> = {},
  by = approver,
): Promise<Proposal> {
  const proposal = await offeredProposal(client, overrides)
  await claim(client, proposal, by)
  return proposal
}

/** The same, before anybody has pressed. */
export async function offeredProposal(
  client: RedisClient,
  overrides: Partial<Proposal> = {},
  threadId = newId(),
): Promise<Proposal> {
  const proposals = createProposalMaker(client, workerKeys.worker, workerKeys.signer)
  const request = requestFor(`web-${newId()}`, threadId)
  const { diagnosisId } = await createDiagnosisBoard(client, botKeys).join(request, now())
  const proposal: Proposal = {
    id: newId(),
    host: request.host,
    diagnosed: request.host,
    action: 'start-unit',
    target: 'checkout-api.service',
    cause: 'backend-down',
    summary: 'checkout-api.service failed',
    since: null,
    argv: ['systemctl', 'start', 'checkout-api.service'],
    effect: 'Starts it.',
    alsoLoads: [],
    guard: 'unit 4f2a down 0',
    requester: null,
    threadId,
    diagnosisId,
    createdAt: now().toISOString(),
    expiresAt: new Date(Date.now() + 600_000).toISOString(),
    state: { kind: 'proposed' },
    ...overrides,
  }
  await proposals.save(proposal, now())
  return proposal
}

/** What the bot does with a press that is enough. */
async function claim(client: RedisClient, proposal: Proposal, by: string): Promise<void> {
  const proposals = createProposalStore(client, botKeys.worker)
  const found = await proposals.find(proposal.id)
  if (!found) throw new Error('the proposal was not kept')
  const at = now().toISOString()
  const press = { by, at, groups: [], channel: 'C1', how: 'click', reason: null, secondFactor: false } as const
  const approval = signApproval(botKeys.signer, found, [press], at)
  await proposals.apply(proposal.id, { kind: 'claim', by: [by], at, approval })
}

/** Takes out what waits to be said to the proposal's thread. */
export async function saidTo(client: RedisClient, { threadId }: Proposal): Promise<ThreadUpdate[]> {
  const outbox = createOutbox(client, botKeys)
  const updates: ThreadUpdate[] = []
  for (;;) {
    const waiting = await outbox.first(threadId)
    if (!waiting) return updates
    if ('update' in waiting.post) updates.push(waiting.post.update)
    await outbox.remove(threadId, waiting)
  }
}
