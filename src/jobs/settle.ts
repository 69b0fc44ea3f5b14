import { randomBytes } from 'node:crypto'
import { holdApproval } from '../approval/approval.ts'
import type { Found } from '../approval/proposal-store.ts'
import type { RedisClient } from '../redis.ts'
import { act } from './act-job.ts'
import { type ActParts, type Approved, closeAction } from './act-parts.ts'
import { isActing } from './acting-sign.ts'
import { examineAfter } from './examine-after.ts'
import { keys } from './keys.ts'
import type { ActQueue } from './queue-act.ts'
import { settleAction } from './verify-action.ts'

export interface SettleParts {
  readonly client: RedisClient
  readonly queue: ActQueue
  readonly parts: ActParts
  /** How long an action must look interrupted before it is settled, ms; longer than a worker needs to show a sign of life. */
  readonly graceMs: number
}

/** Longer than an examination takes; if this worker dies as well, the next one settles after that. */
const leaseSeconds = 60

/**
 * Brings every claimed or started action to its end: a claim without a job gets one, a started action whose worker was
 * lost is settled by asking the host. It is never run again. Returns one sweep.
 */
export function createActionSweep({ client, queue, parts, graceMs }: SettleParts): () => Promise<void> {
  const interruptedSince = new Map<string, number>()

  async function look(id: string): Promise<void> {
    const found = await parts.proposals.find(id)
    const standing = await queue.standing(id)
    const idle = standing !== 'going' && !(await isActing(client, id))
    if (!found || !idle) {
      interruptedSince.delete(id)
      return
    }
    if (found.proposal.state.kind === 'claimed' && standing === 'missing') await queue.ensure(id)
    else if (looksInterruptedLongEnough(id)) await alone(client, id, () => bringToEnd(found, parts))
  }
  function looksInterruptedLongEnough(id: string): boolean {
    const now = parts.now().getTime()
    const since = interruptedSince.get(id) ?? now
    interruptedSince.set(id, since)
    return now - since >= graceMs
  }
  return async () => {
    const pending = await parts.proposals.pending()
    for (const id of interruptedSince.keys()) if (!pending.includes(id)) interruptedSince.delete(id)
    for (const id of pending) {
      await look(id).catch((error: unknown) =>
        // One that cannot be settled must not keep the others waiting; it is looked at again with the next sweep.
        parts.log.error({ proposal: id, err: error }, 'an action could not be settled yet'),
      )
    }
  }
}

async function bringToEnd(found: Found, parts: ActParts): Promise<void> {
  const { proposal } = found
  const { id, state } = proposal
  // Its worker was lost before it began: act() does what is young enough and refuses what is not.
  if (state.kind === 'claimed') await act(id, parts)
  if (state.kind !== 'running') return
  const held = holdApproval(state.approval, parts.bot, found)
  if (held.ok) return settle({ ...proposal, state }, parts)
  // That it runs is somebody else's invention: nothing is said about a host or a person because of it.
  const because = `it is said to run, and ${held.because}`
  await parts.note({ what: 'approval', about: id, proposal, by: null, because })
  await parts.proposals.apply(id, { kind: 'end', as: 'refused', detail: because, at: parts.now().toISOString() })
}

async function settle(approved: Approved, parts: ActParts): Promise<void> {
  const examination = await examineAfter(approved, false, parts)
  const outcome = settleAction(approved, examination)
  parts.log.warn({ proposal: approved.id, outcome: outcome.kind }, 'an interrupted action was settled')
  const { diagnosis, answers = [] } = examination
  await closeAction(approved, { outcome, diagnosis, answers, as: 'failed' }, parts, 'settled')
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
