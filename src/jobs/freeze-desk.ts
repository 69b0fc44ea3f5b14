import { type ChatFreeze, type FreezeKeeper, type KeptFreeze, TooManyFreezesError } from '../approval/freeze-store.ts'
import { liftersOf, whyNotLift } from '../approval/policy/may-unfreeze.ts'
import type { Freeze, Policy, PolicyHost } from '../approval/policy/policy.ts'
import type { Audit } from '../audit/audit.ts'
import type { Logger } from '../log.ts'
import type { RedisClient } from '../redis.ts'
import { withinReach } from './reach.ts'

/** Who freezes or lifts; ids decide, the name is for people to read. */
export interface Freezer {
  readonly userId: string
  readonly name: string
  /** Which of these user groups have him as a member at this moment. Rejects when nobody can tell. */
  readonly memberOf: (groups: readonly string[]) => Promise<readonly string[]>
}

export interface FreezeWish {
  /** A host of the inventory, "group:edge", or "all". */
  readonly on: string
  /** Seconds; null: until somebody lifts it. */
  readonly seconds: number | null
  readonly because: string
}

/** What holds now: made in chat, and written in the policy (those that began and have not ended). */
export interface FreezesNow {
  readonly chat: readonly KeptFreeze[]
  readonly policy: readonly Freeze[]
}

export type Frozen =
  | { readonly kind: 'frozen'; readonly freeze: ChatFreeze }
  | { readonly kind: 'refused'; readonly because: string }

export type Lifted =
  | { readonly kind: 'lifted'; readonly on: string; readonly count: number; readonly left: FreezesNow }
  /** There is no freeze on exactly this. */
  | { readonly kind: 'none'; readonly on: string; readonly left: FreezesNow }
  | { readonly kind: 'refused'; readonly because: string }

/** Freezes made in chat. The caller has made sure that the person may diagnose. Rejects with QueueUnreachableError when Redis does not answer. */
export interface FreezeDesk {
  readonly freeze: (wish: FreezeWish, who: Freezer) => Promise<Frozen>
  readonly unfreeze: (on: string, who: Freezer) => Promise<Lifted>
  readonly list: () => Promise<FreezesNow>
}

interface FreezeDeskParts {
  /** An `ask` client: a person waits for the answer. */
  readonly client: RedisClient
  readonly keeper: FreezeKeeper
  /** The file alone, without the freezes of chat. */
  readonly policy: () => Policy
  readonly hosts: () => readonly PolicyHost[]
  readonly audit: Pick<Audit, 'append'>
  readonly log: Logger
  readonly now: () => Date
  readonly newId: () => string
}

export function createFreezeDesk(parts: FreezeDeskParts): FreezeDesk {
  const { client } = parts
  return {
    freeze: (wish, who) => withinReach(client, () => freeze(parts, wish, who)),
    unfreeze: (on, who) => withinReach(client, () => unfreeze(parts, on, who)),
    list: () => withinReach(client, () => list(parts)),
  }
}

async function freeze(parts: FreezeDeskParts, { on, seconds, because }: FreezeWish, who: Freezer): Promise<Frozen> {
  const { keeper, audit, log, now, newId } = parts
  const at = now()
  const until = seconds === null ? null : new Date(at.getTime() + seconds * 1000).toISOString()
  const made: ChatFreeze = {
    id: newId(),
    on,
    until,
    because: because.slice(0, 300),
    by: who.userId,
    name: who.name.slice(0, 100),
    at: at.toISOString(),
  }
  try {
    await keeper.add(made, at)
  } catch (error) {
    if (error instanceof TooManyFreezesError) return { kind: 'refused', because: error.message }
    throw error
  }
  // It holds already: a freeze is the safe side, and does not wait for its record.
  const record = { step: 'frozen', on, freezes: [made.id], until, by: who.userId, because: made.because } as const
  await audit
    .append({ ...record, at: made.at })
    .catch((error: unknown) => log.error({ err: error, on }, 'a freeze could not be written to the audit'))
  log.info({ on, until, by: who.userId }, 'frozen')
  return { kind: 'frozen', freeze: made }
}

async function unfreeze(parts: FreezeDeskParts, on: string, who: Freezer): Promise<Lifted> {
  const { keeper, audit, log, now } = parts
  const kept = await keeper.list(now())
  const meant = kept.filter((each) => (each.kind === 'forged' ? on === 'all' : each.on === on))
  if (meant.length === 0) return { kind: 'none', on, left: await list(parts) }
  const denied = await whyNot(parts, on, who)
  const record = {
    on,
    freezes: meant.map(({ id }) => id),
    until: null,
    by: who.userId,
    at: now().toISOString(),
  } as const
  if (denied !== null) {
    log.warn({ on, by: who.userId, because: denied }, 'unfreeze refused')
    await audit
      .append({ ...record, step: 'unfreeze-refused', because: denied })
      .catch((error: unknown) => log.error({ err: error, on }, 'a refusal could not be written to the audit'))
    return { kind: 'refused', because: denied }
  }
  try {
    await audit.append({ ...record, step: 'unfrozen', because: '' })
  } catch (error) {
    log.error({ err: error, on }, 'an unfreeze could not be written to the audit, and was not done')
    return { kind: 'refused', because: 'the audit record could not be written, and nothing is lifted without one' }
  }
  await keeper.lift(record.freezes, who.userId, now())
  log.info({ on, by: who.userId, lifted: meant.length }, 'unfrozen')
  return { kind: 'lifted', on, count: meant.length, left: await list(parts) }
}

/** Membership is asked for now; when Slack cannot tell, nobody is a member. */
async function whyNot({ policy, hosts }: FreezeDeskParts, on: string, who: Freezer): Promise<string | null> {
  const held = policy()
  const lifters = liftersOf(held, hosts(), on)
  const asked = [...new Set(lifters.flatMap(({ groups }) => groups))]
  const groups = asked.length === 0 ? [] : await who.memberOf(asked).catch(() => null)
  const because = whyNotLift(held, lifters, { userId: who.userId, groups: groups ?? [] })
  return because !== null && groups === null ? `${because}; Slack did not say which user groups you are in` : because
}

async function list({ keeper, policy, now }: FreezeDeskParts): Promise<FreezesNow> {
  const at = now().getTime()
  const written = policy().freezes.filter(({ from, until }) => from <= at && at < until)
  return { chat: await keeper.list(now()), policy: written }
}
