import { z } from 'zod'
import type { RedisClient } from '../../redis.ts'
import { withinReach } from '../../jobs/reach.ts'
import { standingAfter } from './sight.ts'
import {
  mostWatches,
  type Sight,
  type Standing,
  type Watch,
  type WatchEnd,
  type WatchOpened,
  type WatchStore,
  type WatchWish,
} from './watch.ts'
import { askedScript, dueScript, endScript, openScript } from './watch-scripts.ts'

/** What ended is kept so long for updates that come late, s; a watch lasts a day at most. */
const keepSeconds = 3 * 86_400
/** A bot that takes a watch and dies leaves it to another after so long, ms. */
const leaseMs = 10_000

/** Characters of a site's path; a person may type any. */
const longestPath = 1000

const index = 'gatemedic:lookouts'
const keyOf = (id: string): string => `gatemedic:lookout:${id}`
const seenOf = (id: string): string => `gatemedic:lookout:${id}:seen`

export function createWatchStore(client: RedisClient, everyMs: number): WatchStore {
  return {
    open: (wish, now) => withinReach(client, () => open(client, wish, now)),
    find: (id) => find(client, id),
    running: () => withinReach(client, () => running(client)),
    end: (id, why, now) => withinReach(client, () => end(client, id, why, now)),
    claimDue: async (now) => {
      const ids: unknown = await client.eval(dueScript, 0, now.getTime(), leaseMs)
      return z.array(z.string()).parse(ids)
    },
    asked: async ({ id, looks, until }, now) => {
      const next = Math.min(now.getTime() + everyMs, Date.parse(until))
      await client.eval(askedScript, 0, id, `${looks}`, `${next}`)
    },
    told: async (id) => void (await client.zrem(index, id)),
    seen: (id, sight, revision, now) => seen(client, id, sight, revision, now),
    standings: (id) => standings(client, id),
  }
}

async function open(client: RedisClient, wish: WatchWish, now: Date): Promise<WatchOpened> {
  const { id, title, hosts, channel, owner, seconds } = wish
  const site = siteShape.parse(wish.site && { ...wish.site, path: wish.site.path.slice(0, longestPath) })
  const on = JSON.stringify([title, hosts])
  const until = now.getTime() + seconds * 1000
  const fields = ['title', title, 'hosts', JSON.stringify(hosts), 'site', JSON.stringify(site), 'channel', channel]
  const limits = [mostWatches.all, mostWatches.own]
  const reply: unknown = await client.eval(
    openScript,
    0,
    id,
    on,
    owner,
    now.getTime(),
    until,
    ...limits,
    keepSeconds,
    ...fields,
  )
  const [kind, known] = z.tuple([z.enum(['opened', 'extended', 'own', 'all']), z.string()]).parse(reply)
  if (kind === 'own' || kind === 'all') return { kind: 'refused', limit: kind, most: mostWatches[kind] }
  const watch = await find(client, known)
  if (watch === null) throw new Error('a watch was gone as soon as it was opened')
  return { kind, watch }
}

async function end(client: RedisClient, id: string, why: WatchEnd, now: Date): Promise<boolean> {
  const by = why.kind === 'ended' ? why.by : ''
  return (await client.eval(endScript, 0, id, why.kind, by, now.getTime())) === 1
}

const moment = z.coerce.number().transform((ms) => new Date(ms).toISOString())
const siteShape = z.strictObject({ serverName: z.string().max(300), path: z.string().max(longestPath) }).nullable()
const fieldsShape = z.object({
  state: z.enum(['open', 'ended']),
  title: z.string().max(400),
  hosts: z
    .string()
    .transform(json)
    .pipe(z.array(z.string().min(1).max(255)).max(10)),
  site: z.string().transform(json).pipe(siteShape),
  channel: z.string(),
  owner: z.string(),
  startedAt: moment,
  until: moment,
  looks: z.coerce.number().int().nonnegative(),
  why: z.enum(['over', 'ended', 'unheard']).default('over'),
  by: z.string().default(''),
  endedAt: moment.default(''),
})

/** Undefined: no JSON. */
function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

async function find(client: RedisClient, id: string): Promise<Watch | null> {
  const all = await client.hgetall(keyOf(id))
  if (Object.keys(all).length === 0) return null
  const read = fieldsShape.safeParse(all)
  // One that no bot of ours wrote must not hide the others.
  if (!read.success) return null
  const { state, why, by, endedAt, ...rest } = read.data
  const people = Object.entries(all)
    .flatMap(([field, at]) => (field.startsWith('person:') ? [{ userId: field.slice(7), at: Number(at) }] : []))
    .toSorted((a, b) => a.at - b.at)
    .map(({ userId }) => userId)
  const reason: WatchEnd = why === 'ended' ? { kind: why, by } : { kind: why }
  return { id, ...rest, people, ended: state === 'ended' ? { at: endedAt, why: reason } : null }
}

async function running(client: RedisClient): Promise<readonly Watch[]> {
  const all = await Promise.all((await client.zrangebyscore(index, '-inf', '+inf')).map((id) => find(client, id)))
  return all
    .flatMap((watch) => (watch !== null && watch.ended === null ? [watch] : []))
    .toSorted((a, b) => a.until.localeCompare(b.until))
}

const standingShape = z.strictObject({
  host: z.string(),
  key: z.string(),
  isConfirmed: z.boolean(),
  line: z.string(),
  at: z.iso.datetime(),
  looks: z.number(),
  changes: z.number(),
  revision: z.number(),
  news: z.strictObject({ before: z.string(), kind: z.enum(['other', 'surer']) }).nullable(),
})

/** Updates of one thread come one after the other, so that nobody writes between reading and writing. */
async function seen(
  client: RedisClient,
  id: string,
  sight: Sight,
  revision: number,
  now: Date,
): Promise<Standing | null> {
  const [exists, text] = await Promise.all([client.exists(keyOf(id)), client.hget(seenOf(id), sight.host)])
  if (exists === 0) return null
  const before = text === null ? null : standingShape.parse(JSON.parse(text))
  if (before !== null && before.revision >= revision) return before
  const standing = standingAfter(before, sight, revision, now)
  await client.multi().hset(seenOf(id), sight.host, JSON.stringify(standing)).expire(seenOf(id), keepSeconds).exec()
  return standing
}

async function standings(client: RedisClient, id: string): Promise<ReadonlyMap<string, Standing>> {
  const all = Object.entries(await client.hgetall(seenOf(id)))
  return new Map(all.map(([host, text]) => [host, standingShape.parse(JSON.parse(text))]))
}
