import { z } from 'zod'
import type { RedisClient } from '../../redis.ts'
import { type GroupSweep, type GroupSweepStore, type SweepRow, topics } from './group-sweep.ts'

const keepSeconds = 14 * 86_400
/** A bot that takes a sweep to tell it and dies leaves it to another after so long, ms. */
const leaseMs = 20_000

/** Set of sweeps that are not told to the end. */
const index = 'gatemedic:sweeps'
const keyOf = (id: string): string => `gatemedic:sweep:${id}`
const rowsOf = (id: string): string => `gatemedic:sweep:${id}:rows`
const takenOf = (id: string): string => `gatemedic:sweep:${id}:taken`

/** Sweeps in Redis: what they are, and the answer of each host. It is shown, and decides nothing. */
export function createGroupSweepStore(client: RedisClient): GroupSweepStore {
  return {
    open: async ({ id, ...sweep }) => {
      const steps = client.multi()
      steps.hsetnx(keyOf(id), 'sweep', JSON.stringify(sweep))
      steps.expire(keyOf(id), keepSeconds)
      steps.sadd(index, id)
      await steps.exec()
    },
    answered: async (id, row) => {
      // Nothing is kept for one that is gone. A host that answers late has the message drawn again.
      if ((await client.exists(keyOf(id))) === 0) return
      const steps = client.multi()
      steps.hset(rowsOf(id), row.host, JSON.stringify(row))
      steps.expire(rowsOf(id), keepSeconds)
      steps.sadd(index, id)
      await steps.exec()
    },
    claimComplete: async (now) => {
      const all = await Promise.all((await client.smembers(index)).map((id) => claim(client, id, now)))
      return all.flatMap((each) => each ?? [])
    },
    told: async (id, answers) => {
      await client.eval(toldScript, 3, index, rowsOf(id), takenOf(id), id, answers)
    },
  }
}

/** KEYS sweeps, rows, taken; ARGV id, answers told. One that came meanwhile has it told again. */
const toldScript = `
if redis.call('HLEN', KEYS[2]) == tonumber(ARGV[2]) then redis.call('SREM', KEYS[1], ARGV[1]) end
redis.call('DEL', KEYS[3])
return 1`

async function claim(client: RedisClient, id: string, now: Date): Promise<GroupSweep | null> {
  const sweep = await find(client, id)
  if (sweep === null) {
    await client.srem(index, id)
    return null
  }
  const isComplete = sweep.rows.length >= sweep.hosts.length || Date.parse(sweep.deadline) <= now.getTime()
  if (!isComplete) return null
  return (await client.set(takenOf(id), '1', 'PX', leaseMs, 'NX')) === 'OK' ? find(client, id) : null
}

const sweepShape = z.strictObject({
  title: z.string().max(200),
  hosts: z.array(z.string().min(1).max(255)).max(10_000),
  startedAt: z.iso.datetime(),
  deadline: z.iso.datetime(),
})
const rowShape = z.strictObject({
  host: z.string().min(1).max(255),
  notes: z
    .array(
      z.strictObject({ topic: z.enum(topics), text: z.string().max(300), ends: z.string().max(10).exactOptional() }),
    )
    .max(20),
})

async function find(client: RedisClient, id: string): Promise<GroupSweep | null> {
  const [text, fields] = await Promise.all([client.hget(keyOf(id), 'sweep'), client.hgetall(rowsOf(id))])
  const sweep = sweepShape.safeParse(json(text ?? ''))
  if (!sweep.success) return null
  const read = Object.entries(fields).map(([host, row]) => ({ host, row: rowShape.safeParse(json(row)) }))
  // What nobody of ours wrote is no answer, and must not keep the others from being told, nor be counted with them.
  const strange = read.filter(({ row }) => !row.success).map(({ host }) => host)
  if (strange.length > 0) await client.hdel(rowsOf(id), ...strange)
  const rows = read.flatMap(({ row }): readonly SweepRow[] => (row.success ? [row.data] : []))
  return { id, ...sweep.data, rows }
}

/** Undefined: no JSON. */
function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
