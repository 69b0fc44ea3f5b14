import type { RedisClient } from '../redis.ts'
import { readSigned, type Signer, type Verifier } from '../signing/signed.ts'
import type { FleetRun } from './fleet-run.ts'
import type { RunEvent, Stepped } from './fleet-run-event.ts'
import { stepRun } from './fleet-run-step.ts'
import { readStoredRun } from './stored-fleet-run.ts'

const keepSeconds = 14 * 24 * 3600

const runKey = (id: string): string => `gatemedic:fleet-run:${id}`
/** Runs that are not told to their end yet. */
const openKey = 'gatemedic:fleet-runs:open'

/** What stands in Redis was not written by a bot of ours. Nothing of it may be used. */
export class ForgedRunError extends Error {
  override readonly name = 'ForgedRunError'
}

/** The worker's side: it looks whether a run still goes. */
export interface FleetRunReader {
  /** Null: there is none. Rejects with ForgedRunError. */
  readonly find: (id: string) => Promise<FleetRun | null>
}

/** The bot's side. `stepRun` decides, a Lua script compares the text it was decided on and swaps it. */
export interface FleetRunStore extends FleetRunReader {
  /** Keeps a new run, or answers the one of this id that is there. */
  readonly create: (run: FleetRun) => Promise<FleetRun>
  /** One event; the run is as it was when it was decided. Null: there is none. */
  readonly apply: (id: string, event: RunEvent) => Promise<AppliedToRun | null>
  readonly open: () => Promise<readonly string[]>
  /** It has ended, and everybody has heard of it. */
  readonly close: (id: string) => Promise<void>
}

export type AppliedToRun = Stepped & { readonly run: FleetRun }

export function createFleetRunReader(client: RedisClient, bot: Verifier): FleetRunReader {
  return { find: async (id) => (await read(client, bot, id))?.run ?? null }
}

export function createFleetRunStore(client: RedisClient, bot: Verifier, signer: Signer): FleetRunStore {
  const textOf = (run: FleetRun): string => JSON.stringify(signer.sign('fleet-run', JSON.stringify(run)))
  return {
    ...createFleetRunReader(client, bot),
    create: async (run) => {
      const made = await client.eval(createScript, 2, runKey(run.id), openKey, textOf(run), run.id, keepSeconds)
      return made === 1 ? run : ((await read(client, bot, run.id))?.run ?? run)
    },
    apply: async (id, event) => {
      // A lost race means that somebody else moved the run on; runs only go forward, so this ends after a few rounds.
      for (;;) {
        const is = await read(client, bot, id)
        if (!is) return null
        const stepped = stepRun(is.run, event)
        if (!stepped.ok) return { ...stepped, run: is.run }
        const swapped = await client.eval(swapScript, 1, runKey(id), is.text, textOf(stepped.run))
        if (swapped === 1) return stepped
      }
    },
    open: () => client.smembers(openKey),
    close: async (id) => void (await client.srem(openKey, id)),
  }
}

/** KEYS run, open set; ARGV text, id, ttl -> 1 when it is new. */
const createScript = `
if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'EX', ARGV[3])
redis.call('SADD', KEYS[2], ARGV[2])
return 1`

/** KEYS run; ARGV text before, text after -> 1, or 0 when it was another. */
const swapScript = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2], 'KEEPTTL')
return 1`

async function read(
  client: RedisClient,
  bot: Verifier,
  id: string,
): Promise<{ readonly run: FleetRun; readonly text: string } | null> {
  const text = await client.get(runKey(id))
  return text === null ? null : { run: openRun(text, bot, id), text }
}

function openRun(text: string, bot: Verifier, id: string): FleetRun {
  try {
    const opened = bot.open('fleet-run', readSigned(text))
    if (!opened.ok) throw new ForgedRunError(`it does not come from the bot: ${opened.because}`)
    const run = readStoredRun(opened.text)
    if (run.id !== id) throw new ForgedRunError(`it is another run, ${run.id}`)
    return run
  } catch (error) {
    if (error instanceof ForgedRunError) throw error
    throw new ForgedRunError('it cannot be read', { cause: error })
  }
}
