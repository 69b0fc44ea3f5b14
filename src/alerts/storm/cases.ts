import { z } from 'zod'
import { withinReach } from '../../jobs/reach.ts'
import type { RedisClient } from '../../redis.ts'
import type { Keys } from '../../signing/key-files.ts'
import type { Cases, CaseSettings, AlertItem, ItemTaken } from './alert-case.ts'
import { tallyFrom } from './alert-tally.ts'
import { begunScript, claimScript } from './case-scripts.ts'
import { heldFrom } from './held-case.ts'
import { digestsOf, lastHourOf } from './last-hour.ts'
import { takeScript } from './take-script.ts'

const prefix = 'gatemedic:alerts:'
const keepSeconds = 14 * 24 * 3600
/** Senders repeat what fires every few hours; an outbreak that is not heard of for so long is a new one. */
const forgetSeconds = 3 * 24 * 3600
/** Longer than it takes to open a thread and to queue what belongs to it. */
const leaseMs = 15_000

export function createCases(client: RedisClient, keys: Pick<Keys, 'signer' | 'bot'>, settings: CaseSettings): Cases {
  const redraw = JSON.stringify(keys.signer.sign('update', JSON.stringify({ kind: 'alerts' })))
  const { windowMs: window, lastingMs: lasting, digestAbove: above } = settings

  async function take(items: readonly AlertItem[], now: Date): ReturnType<Cases['take']> {
    const options = { now: now.getTime(), window, lasting, above, keep: keepSeconds, forget: forgetSeconds, redraw }
    const reply: unknown = await client.eval(takeScript, 0, JSON.stringify(options), JSON.stringify(items))
    const [taken, wake] = takenShape.parse(reply)
    return { taken: taken.map(([kind, threadId]) => ({ kind, threadId })), wake }
  }

  return {
    take: (items, now) => withinReach(client, () => take(items, now)),
    sign: (record) => JSON.stringify(keys.signer.sign('alert', JSON.stringify(record))),
    due: (now) => client.zrangebyscore(`${prefix}todo`, '-inf', now.getTime(), 'LIMIT', 0, 100),
    claim: async (id, now) => {
      const reply: unknown = await client.eval(claimScript, 0, id, now.getTime(), leaseMs)
      return reply === null ? null : heldFrom(id, z.array(z.string()).parse(reply), keys)
    },
    begun: async (id, hosts) => void (await client.eval(begunScript, 0, id, ...hosts)),
    tallyOf: async (id) => {
      const name = `${prefix}case:${id}`
      const [fields, titles, hosts] = await Promise.all([
        client.hgetall(name),
        client.hgetall(`${name}:titles`),
        client.hkeys(`${name}:hosts`),
      ])
      return tallyFrom(fields, titles, hosts)
    },
    lastHour: (now) => lastHourOf(client, now),
    digests: (now) => digestsOf(client, now),
  }
}

const kinds = [
  'opened',
  'joined',
  'adopted',
  'repeated',
  'resolved',
  'suppressed',
  'muted',
  'over',
  'unknown',
  'older',
] as const satisfies ItemTaken['kind'][]
const takenShape = z.tuple([z.array(z.tuple([z.enum(kinds), z.string()])), z.array(z.string())])
