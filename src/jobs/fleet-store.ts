import { z } from 'zod'
import { failedMember } from '../fleet/member-of.ts'
import type { FleetMember } from '../fleet/member.ts'
import type { RedisClient } from '../redis.ts'
import { type Fleet, type FleetHost, type FleetStore, stallMs } from './fleet.ts'
import { readMember } from './fleet-member.ts'
import { answeredScript, closeScript, doingScript, settleScript } from './fleet-scripts.ts'
import { keepSeconds, keys } from './keys.ts'

/** Fleets in Redis hashes, written and read by the bot. Nothing is decided by what stands here: it is shown, and offers are looked up by their ids. */
export function createFleetStore(client: RedisClient): FleetStore {
  return {
    toShow: (now) => toShow(client, now),
    find: (threadId) => find(client, threadId),
    answered: async (threadId, member, now) => {
      const names = [keys.fleet(threadId), keys.fleetMembers(threadId), keys.fleets]
      const values = [threadId, member.host, JSON.stringify(member), now.toISOString(), keepSeconds]
      await client.eval(answeredScript, names.length, ...names, ...values)
    },
    doing: async (threadId, line) => {
      await client.eval(doingScript, 2, keys.fleet(threadId), keys.fleets, threadId, line.slice(0, 300))
    },
    take: async (threadId, ms) => (await client.set(keys.fleetTaken(threadId), '1', 'PX', ms, 'NX')) === 'OK',
    keep: async (threadId, ms) => void (await client.pexpire(keys.fleetTaken(threadId), ms)),
    close: async ({ threadId, version, round }) =>
      (await client.eval(closeScript, 1, keys.fleet(threadId), version, round)) === 1,
    shown: async ({ threadId, version }, stalled) =>
      note(client, threadId, { shown: version, stalled: stalled ? '1' : '' }),
    told: ({ threadId, closed }) => note(client, threadId, { told: closed }),
  }
}

async function toShow(client: RedisClient, now: Date): Promise<readonly string[]> {
  const all = await client.smembers(keys.fleets)
  const standings = await Promise.all(
    all.map(async (threadId) => ({ threadId, standing: await standingOf(client, threadId, now) })),
  )
  for (const { threadId, standing } of standings) {
    if (standing === 'over') await client.eval(settleScript, 2, keys.fleet(threadId), keys.fleets, threadId)
  }
  return standings.filter(({ standing }) => standing === 'to-show').map(({ threadId }) => threadId)
}

async function standingOf(client: RedisClient, threadId: string, now: Date): Promise<'to-show' | 'waits' | 'over'> {
  const fields = ['round', 'told', 'version', 'shown', 'changedAt', 'stalled'] as const
  const [round, told, version, shown, changedAt, stalled] = await client.hmget(keys.fleet(threadId), ...fields)
  if (!version) return 'over'
  if (version !== shown) return 'to-show'
  if (round === told) return 'over'
  return !stalled && now.getTime() - Date.parse(changedAt ?? '') > stallMs ? 'to-show' : 'waits'
}

/** A fleet that is gone does not come back as half a one. */
async function note(client: RedisClient, threadId: string, fields: Record<string, string | number>): Promise<void> {
  if ((await client.exists(keys.fleet(threadId))) === 1) await client.hset(keys.fleet(threadId), fields)
}

const count = z.coerce.number().int().nonnegative().default(0)
const fleetFields = z.object({
  title: z.string().max(300),
  round: count,
  closed: count,
  told: count,
  version: count,
  shown: count,
  changedAt: z.iso.datetime(),
  stalled: z.string().default(''),
  doing: z.string().max(300).default(''),
})

async function find(client: RedisClient, threadId: string): Promise<Fleet | null> {
  const [fields, members] = await Promise.all([
    client.hgetall(keys.fleet(threadId)),
    client.hgetall(keys.fleetMembers(threadId)),
  ])
  if (Object.keys(fields).length === 0) return null
  const { stalled, ...rest } = fleetFields.parse(fields)
  return {
    threadId,
    ...rest,
    stalled: stalled !== '',
    hosts: Object.entries(members).map(([host, value]) => readHost(host, value)),
  }
}

function readHost(name: string, value: string): FleetHost {
  const [round, ...rest] = value.split('\n')
  const json = rest.join('\n')
  return { host: name, round: Number(round), member: json === '' ? null : readAnswer(name, json) }
}

/** One answer that is not what a bot has written must not hide those of the other hosts. */
function readAnswer(name: string, json: string): FleetMember {
  try {
    const member = readMember(json)
    if (member.host === name) return member
  } catch {
    // Said below.
  }
  return failedMember(name, `The answer of ${name} could not be read.`, `Ask for ${name} again.`)
}
