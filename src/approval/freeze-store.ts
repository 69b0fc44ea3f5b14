import { z } from 'zod'
import type { RedisClient } from '../redis.ts'
import { readSigned, type Signer, type Verifier } from '../signing/signed.ts'
import { forgetLifted, type LiftedFreeze, liftedAmong, noteLifted } from './lifted-freezes.ts'

/** A freeze that somebody asked for in chat. */
export interface ChatFreeze {
  readonly id: string
  /** A host of the inventory, "group:edge", or "all". */
  readonly on: string
  /** ISO instant; null: until somebody lifts it. */
  readonly until: string | null
  readonly because: string
  /** Slack user id, and the name that Slack gave for it then. */
  readonly by: string
  readonly name: string
  readonly at: string
}

/** `forged`: no bot of ours wrote what stands there; nobody knows what it was, so it freezes everything. */
export type KeptFreeze =
  | ({ readonly kind: 'freeze' } & ChatFreeze)
  | { readonly kind: 'forged'; readonly id: string; readonly because: string }

/** What both sides may ask. Rejects when Redis does not answer. */
export interface FreezeStore {
  /** Those that have not run out, the oldest first. */
  readonly list: (now: Date) => Promise<readonly KeptFreeze[]>
}

/** The bot's side. One freeze never replaces another, so that nobody can shorten what somebody else wanted. */
export interface FreezeKeeper extends FreezeStore {
  /** Rejects with TooManyFreezesError. */
  readonly add: (freeze: ChatFreeze, now: Date) => Promise<void>
  readonly lift: (ids: readonly string[], by: string, now: Date) => Promise<void>
  /** Puts freezes of this bot's record back that are gone from Redis, and says which of them somebody lifted. */
  readonly mend: (now: Date) => Promise<Mended>
}

export interface Mended {
  readonly putBack: readonly ChatFreeze[]
  readonly lifted: readonly (LiftedFreeze & Pick<ChatFreeze, 'on'>)[]
}

/** A freeze as a bot's own record has it; it does not keep names. */
export type RecordedFreeze = Omit<ChatFreeze, 'name'>

export class TooManyFreezesError extends Error {
  override readonly name = 'TooManyFreezesError'
}

/** Far more than people make; whoever fills Redis with them freezes everything. */
const most = { kept: 100, read: 200 } as const

const key = 'gatemedic:freezes'

const shape = z.strictObject({
  id: z.string().min(1).max(64),
  on: z.string().min(1).max(300),
  until: z.iso.datetime().nullable(),
  because: z.string().max(1000),
  by: z.string().max(100),
  name: z.string().max(300),
  at: z.iso.datetime(),
})

/** `bot`: the public key of the bots, by which every freeze is read. */
export function createFreezeStore(client: RedisClient, bot: Verifier): FreezeStore {
  return { list: (now) => list(client, bot, now) }
}

/** `recorded`: the freezes that this bot made by its own record. They hold for it, whatever Redis says, until a bot has signed that they were lifted. */
export function createFreezeKeeper(
  client: RedisClient,
  bot: Verifier,
  signer: Signer,
  recorded: () => readonly RecordedFreeze[] = () => [],
): FreezeKeeper {
  const write = async (freeze: ChatFreeze): Promise<void> =>
    void (await client.hset(key, freeze.id, JSON.stringify(signer.sign('freeze', JSON.stringify(freeze)))))
  const gone = (kept: readonly KeptFreeze[], now: Date) => goneFrom(client, bot, { kept, recorded: recorded() }, now)
  return {
    list: async (now) => {
      const kept = await list(client, bot, now)
      const { missing } = await gone(kept, now)
      const held = [...kept, ...missing.map((each) => ({ kind: 'freeze' as const, ...each }))]
      return held.toSorted((one, other) => begin(one).localeCompare(begin(other)))
    },
    add: async (freeze, now) => {
      await forgetEnded(client, bot, now)
      await forgetLifted(client, bot, now)
      if ((await client.hlen(key)) >= most.kept)
        throw new TooManyFreezesError(`there are ${most.kept} freezes already; lift some first`)
      await write(freeze)
    },
    lift: async (ids, by, now) => {
      const at = now.toISOString()
      await noteLifted(
        client,
        signer,
        ids.map((id) => ({ id: id.slice(0, 64), by, at })),
      )
      if (ids.length > 0) await client.hdel(key, ...ids)
    },
    mend: async (now) => {
      const { missing, lifted } = await gone(await list(client, bot, now), now)
      for (const freeze of missing) await write(freeze)
      return { putBack: missing, lifted }
    },
  }
}

/** What the record has and Redis has not: lifted by somebody, or deleted there. */
async function goneFrom(
  client: RedisClient,
  bot: Verifier,
  { kept, recorded }: { readonly kept: readonly KeptFreeze[]; readonly recorded: readonly RecordedFreeze[] },
  now: Date,
): Promise<{ readonly missing: readonly ChatFreeze[]; readonly lifted: Mended['lifted'] }> {
  const there = new Set(kept.map(({ id }) => id))
  const open = recorded
    .map((each): ChatFreeze => ({ ...each, name: each.by }))
    .filter((each) => !there.has(each.id) && !hasEnded({ kind: 'freeze', ...each }, now))
  const lifts = await liftedAmong(
    client,
    bot,
    open.map(({ id }) => id),
  )
  return {
    missing: open.filter(({ id }) => !lifts.has(id)),
    lifted: open.flatMap(({ id, on }) => {
      const lift = lifts.get(id)
      return lift ? [{ ...lift, on }] : []
    }),
  }
}

async function list(client: RedisClient, bot: Verifier, now: Date): Promise<readonly KeptFreeze[]> {
  const kept = await client.hlen(key)
  if (kept > most.read)
    return [{ kind: 'forged', id: '*', because: `Redis holds ${kept} freezes, more than Gatemedic ever writes` }]
  const stored = Object.entries(await client.hgetall(key))
  return stored
    .map(([id, text]) => opened(id, text, bot))
    .filter((freeze) => !hasEnded(freeze, now))
    .toSorted((one, other) => begin(one).localeCompare(begin(other)))
}

async function forgetEnded(client: RedisClient, bot: Verifier, now: Date): Promise<void> {
  const stored = Object.entries(await client.hgetall(key))
  const ended = stored.map(([id, text]) => opened(id, text, bot)).filter((freeze) => hasEnded(freeze, now))
  if (ended.length > 0) await client.hdel(key, ...ended.map(({ id }) => id))
}

function opened(id: string, text: string, bot: Verifier): KeptFreeze {
  try {
    const signed = bot.open('freeze', readSigned(text))
    if (!signed.ok) return { kind: 'forged', id, because: signed.because }
    const freeze: ChatFreeze = shape.parse(JSON.parse(signed.text))
    return freeze.id === id ? { kind: 'freeze', ...freeze } : { kind: 'forged', id, because: 'it is another freeze' }
  } catch {
    // Whatever cannot be read was not written by a bot of ours.
    return { kind: 'forged', id, because: 'it cannot be read' }
  }
}

function hasEnded(freeze: KeptFreeze, now: Date): boolean {
  return freeze.kind === 'freeze' && freeze.until !== null && Date.parse(freeze.until) <= now.getTime()
}

function begin(freeze: KeptFreeze): string {
  return freeze.kind === 'freeze' ? freeze.at : ''
}
