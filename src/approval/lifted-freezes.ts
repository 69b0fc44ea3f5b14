import { z } from 'zod'
import type { RedisClient } from '../redis.ts'
import { readSigned, type Signer, type Verifier } from '../signing/signed.ts'

/** Who lifted a freeze, as a bot signed it: without this a freeze that is gone from Redis was deleted there. */
export interface LiftedFreeze {
  readonly id: string
  /** Slack user id. */
  readonly by: string
  readonly at: string
}

const key = 'gatemedic:freezes:lifted'

/** Long enough for every bot to have written it into its own record; after that a bot that slept holds on to the freeze. */
const keptMs = 90 * 86_400_000

/** A person lifts some in a year; whoever writes more hides nothing but his own. */
const most = 2000

const shape = z.strictObject({ id: z.string().min(1).max(64), by: z.string().max(100), at: z.iso.datetime() })

export async function noteLifted(client: RedisClient, signer: Signer, lifted: readonly LiftedFreeze[]): Promise<void> {
  const signed = lifted.flatMap((each) => [each.id, JSON.stringify(signer.sign('unfreeze', JSON.stringify(each)))])
  if (signed.length > 0) await client.hset(key, ...signed)
}

/** Those among these ids that a bot says were lifted. */
export async function liftedAmong(
  client: RedisClient,
  bot: Verifier,
  ids: readonly string[],
): Promise<ReadonlyMap<string, LiftedFreeze>> {
  if (ids.length === 0) return new Map()
  const texts = await client.hmget(key, ...ids)
  const opened = ids.flatMap((id, index) => read(id, texts[index] ?? null, bot) ?? [])
  return new Map(opened.map((each) => [each.id, each]))
}

export async function forgetLifted(client: RedisClient, bot: Verifier, now: Date): Promise<void> {
  if ((await client.hlen(key)) > most) return void (await client.del(key))
  const stored = Object.entries(await client.hgetall(key))
  const over = stored.filter(([id, text]) => {
    const lifted = read(id, text, bot)
    return lifted === null || Date.parse(lifted.at) + keptMs < now.getTime()
  })
  if (over.length > 0) await client.hdel(key, ...over.map(([id]) => id))
}

/** Null: no bot of ours wrote it about this freeze. */
function read(id: string, text: string | null, bot: Verifier): LiftedFreeze | null {
  try {
    const signed = text === null ? null : bot.open('unfreeze', readSigned(text))
    const lifted = signed?.ok === true ? shape.parse(JSON.parse(signed.text)) : null
    return lifted?.id === id ? lifted : null
  } catch {
    return null // what cannot be read lifts nothing
  }
}
