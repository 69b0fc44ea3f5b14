import { randomBytes } from 'node:crypto'
import type { RedisClient } from '../redis.ts'
import { act } from './act-job.ts'
import { type ActParts, type Approved, closeAction } from './act-parts.ts'
import { examineAfter } from './examine-after.ts'
import { keys } from './keys.ts'
import type { ActQueue } from './queue-act.ts'
import { settleAction } from './verify-action.ts'

/** Longer than an examination takes; if this worker dies as well, the next one settles after that. */
const leaseSeconds = 60

/**
 * Brings every claimed or started action to its end: a claim without a job gets one, a started action whose worker was
 * lost is settled by asking the host. It is never run again.
 */
export async function sweepActions(client: RedisClient, queue: ActQueue, parts: ActParts): Promise<void> {
  for (const id of await parts.proposals.pending()) {
    const standing = await queue.standing(id)
    if (standing === 'going') continue
    const proposal = await parts.proposals.find(id)
    if (proposal?.state.kind === 'claimed') {
      if (standing === 'missing') await queue.ensure(id)
      // Its worker was lost before it began: act() refuses what is too old and does what is not.
      else await alone(client, id, () => act(id, parts))
    }
    if (proposal?.state.kind === 'running') {
      const approved: Approved = { ...proposal, state: proposal.state }
      await alone(client, id, () => settle(approved, parts))
    }
  }
}

async function settle(approved: Approved, parts: ActParts): Promise<void> {
  const examination = await examineAfter(approved, false, parts)
  const outcome = settleAction(approved, examination)
  parts.log.warn({ proposal: approved.id, outcome: outcome.kind }, 'an interrupted action was settled')
  await closeAction(approved, { outcome, diagnosis: examination.diagnosis, as: 'failed' }, parts, 'settled')
}

/** Of several workers one settles. The lease runs out by itself; it is given back only by who holds it. */
async function alone(client: RedisClient, id: string, work: () => Promise<void>): Promise<void> {
  const token = randomBytes(8).toString('hex')
  if ((await client.set(keys.settling(id), token, 'EX', leaseSeconds, 'NX')) !== 'OK') return
  try {
    await work()
  } finally {
    await client.eval(releaseScript, 1, keys.settling(id), token)
  }
}

const releaseScript = `if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0`
