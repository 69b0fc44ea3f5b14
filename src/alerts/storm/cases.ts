import { z } from 'zod'
import { withinReach } from '../../jobs/reach.ts'
import type { RedisClient } from '../../redis.ts'
import type { Keys } from '../../signing/key-files.ts'
import { readSigned } from '../../signing/signed.ts'
import { type AlertTally, tallyFrom } from './alert-tally.ts'
import { begunScript, claimScript, takeScript } from './case-scripts.ts'

/** One alert as the script takes it. Times in ms. */
export interface AlertItem {
  /** Of source and id: one outbreak together with `at`. */
  readonly key: string
  readonly source: string
  readonly title: string
  /** What it is counted as: the name of the alert, which webhook and message share; its title where it has none. */
  readonly name: string
  readonly status: 'firing' | 'resolved' | 'suppressed'
  readonly at: number
  readonly channel: string
  /** ts of its own message in Slack, or ''. */
  readonly origin: string
  /** What several hosts of one alert are called: the site, or its title. */
  readonly fleet: string
  /** How long a conversation of its own waits for the message in Slack, and for company. */
  readonly wait: number
  readonly gather: number
  /** Those that are not muted, each with the conversation that it would open and what the bot signs about it. */
  readonly hosts: readonly { readonly host: string; readonly case: string; readonly record: string }[]
}

export interface CaseSettings {
  /** Later alerts of a host join for so long. */
  readonly windowMs: number
  /** And while the first ones last, for so long at most: then a new one is worth a new look. */
  readonly lastingMs: number
  /** More hosts than this, newly alerting in a channel within a minute, are looked at together. */
  readonly digestAbove: number
}

export interface ItemTaken {
  readonly kind:
    | 'opened'
    | 'joined'
    | 'adopted'
    | 'repeated'
    | 'resolved'
    | 'suppressed'
    | 'muted'
    | 'over'
    | 'unknown'
    | 'older'
  /** Empty where no conversation has it. */
  readonly threadId: string
}

/** What a bot signed about one host when it alerted: nothing else is diagnosed because of an alert. */
export interface CaseRecord {
  readonly host: string
  readonly diagnosisId: string
  readonly source: string
  readonly title: string
  readonly site?: { readonly serverName: string; readonly path: string }
}

export interface HeldCase {
  readonly id: string
  readonly kind: 'host' | 'fleet'
  readonly channel: string
  /** ts of the alert's message in Slack, or null. */
  readonly origin: string | null
  readonly title: string
  readonly source: string
  readonly first: string
  /** Somebody began it before and did not come to the end. */
  readonly again: boolean
  /** Hosts that are still to be asked. `record` null: not what a bot of ours wrote. */
  readonly hosts: readonly { readonly host: string; readonly record: CaseRecord | null }[]
}

export interface Digest {
  /** Slack channel id. */
  readonly channel: string
  readonly hosts: number
  /** ISO instant. */
  readonly since: string
}

/** The conversations of alerts in Redis; each method is one atomic step. */
export interface Cases {
  /** In the order of the items. `wake`: threads with something new to show. Rejects with QueueUnreachableError. */
  readonly take: (
    items: readonly AlertItem[],
    now: Date,
  ) => Promise<{ readonly taken: readonly ItemTaken[]; readonly wake: readonly string[] }>
  readonly sign: (record: CaseRecord) => string
  /** With something to be begun by now. */
  readonly due: (now: Date) => Promise<readonly string[]>
  /** Takes it for a while; null: somebody else has it, or there is nothing to do. */
  readonly claim: (id: string, now: Date) => Promise<HeldCase | null>
  readonly begun: (id: string, hosts: readonly string[]) => Promise<void>
  readonly tallyOf: (id: string) => Promise<AlertTally | null>
  /** Source -> alerts of the last hour. */
  readonly lastHour: (now: Date) => Promise<ReadonlyMap<string, number>>
  /** Conversations of many hosts that began within the last hour. */
  readonly digests: (now: Date) => Promise<readonly Digest[]>
}

const prefix = 'gatemedic:alerts:'
const keepSeconds = 14 * 24 * 3600
/** Longer than it takes to open a thread and to queue what belongs to it. */
const leaseMs = 15_000

const recordShape = z.strictObject({
  host: z.string().min(1).max(255),
  diagnosisId: z.string().regex(/^[A-Za-z0-9_.:-]{1,128}$/),
  source: z.string().max(200),
  title: z.string().max(400),
  site: z.strictObject({ serverName: z.string().max(300), path: z.string().max(1100) }).optional(),
})

export function createCases(client: RedisClient, keys: Pick<Keys, 'signer' | 'bot'>, settings: CaseSettings): Cases {
  const redraw = JSON.stringify(keys.signer.sign('update', JSON.stringify({ kind: 'alerts' })))
  const { windowMs: window, lastingMs: lasting, digestAbove: above } = settings

  async function take(items: readonly AlertItem[], now: Date): ReturnType<Cases['take']> {
    const options = { now: now.getTime(), window, lasting, above, keep: keepSeconds, redraw }
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
    lastHour: (now) => lastHour(client, now),
    digests: (now) => digests(client, now),
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

function heldFrom(id: string, reply: readonly string[], keys: Pick<Keys, 'bot'>): HeldCase {
  const [kind, channel = '', origin = '', title = '', source = '', first = '', again = '', ...rest] = reply
  const hosts: { host: string; record: CaseRecord | null }[] = []
  for (let at = 0; at + 1 < rest.length; at += 2) {
    const [host = '', text = ''] = rest.slice(at, at + 2)
    hosts.push({ host, record: openRecord(host, text, keys) })
  }
  const more = { title, source, first, again: again !== '', hosts }
  return { id, kind: kind === 'fleet' ? 'fleet' : 'host', channel, origin: origin || null, ...more }
}

/** Null: no bot of ours has said so about this host. */
function openRecord(host: string, text: string, { bot }: Pick<Keys, 'bot'>): CaseRecord | null {
  try {
    const opened = bot.open('alert', readSigned(text))
    if (!opened.ok) return null
    const { site, ...rest } = recordShape.parse(JSON.parse(opened.text))
    return rest.host === host ? { ...rest, ...(site ? { site } : {}) } : null
  } catch {
    return null
  }
}

async function digests(client: RedisClient, now: Date): Promise<readonly Digest[]> {
  const found = await client.zrangebyscore(`${prefix}digests`, now.getTime() - 60 * minuteMs, '+inf', 'LIMIT', 0, 20)
  return Promise.all(
    found.map(async (id) => {
      const name = `${prefix}case:${id}`
      const [[channel, openedAt], hosts] = await Promise.all([
        client.hmget(name, 'channel', 'openedAt'),
        client.hlen(`${name}:hosts`),
      ])
      return { channel: channel ?? '', hosts, since: new Date(Number(openedAt ?? 0)).toISOString() }
    }),
  )
}

const minuteMs = 60_000

async function lastHour(client: RedisClient, now: Date): Promise<ReadonlyMap<string, number>> {
  const minute = Math.floor(now.getTime() / minuteMs)
  const steps = client.pipeline()
  for (let back = 0; back < 60; back++) steps.hgetall(`${prefix}minute:${minute - back}`)
  const counts = new Map<string, number>()
  for (const [, fields] of (await steps.exec()) ?? [])
    for (const [source, count] of Object.entries(z.record(z.string(), z.string()).catch({}).parse(fields)))
      counts.set(source, (counts.get(source) ?? 0) + (Number(count) || 0))
  return counts
}
