import { promisify } from 'node:util'
import { deflateRaw, inflateRaw } from 'node:zlib'
import type { Snapshot } from '../host/snapshot.ts'
import type { RedisClient } from '../redis.ts'
import { readSnapshotText, snapshotText } from './snapshot-text.ts'

/** The redacted answers behind each diagnosis: for a while, and for long where people said that it was wrong. */
export interface KeptCaptures {
  /** False when they are too large to be kept. */
  readonly keep: (diagnosis: string, answers: Snapshot) => Promise<boolean>
  /** False when they are gone. */
  readonly holdOn: (diagnosis: string) => Promise<boolean>
  /** Takes that back: they stay as long as any others. */
  readonly letGo: (diagnosis: string) => Promise<void>
  readonly find: (diagnosis: string) => Promise<Snapshot | null>
}

export interface CaptureLimits {
  readonly hours: number
  readonly wrongDays: number
  /** Of all that are kept for the usual time, as they lie in Redis; the oldest go first. */
  readonly megabytes: number
}

/** As gatemedic.yml says it. */
export function captureLimits(file: {
  readonly answerHours: number
  readonly wrongAnswerDays: number
  readonly answerMegabytes: number
}): CaptureLimits {
  return { hours: file.answerHours, wrongDays: file.wrongAnswerDays, megabytes: file.answerMegabytes }
}

const mostPackedBytes = 1_000_000
const mostBytes = 64_000_000
const index = 'gatemedic:captures'

const deflate = promisify(deflateRaw)
const inflate = promisify(inflateRaw)

export function createKeptCaptures(
  client: RedisClient,
  { hours, wrongDays, megabytes }: CaptureLimits,
  now: () => Date,
): KeptCaptures {
  const usual = Math.ceil(hours * 3600)
  return {
    keep: async (id, answers) => {
      const packed = await deflate(snapshotText(answers))
      if (packed.length > mostPackedBytes) return false
      await client.eval(keepScript, 1, keyOf(id), id, packed, usual, now().getTime(), Math.floor(megabytes * 1e6))
      return true
    },
    holdOn: async (id) => (await client.eval(holdScript, 1, keyOf(id), id, Math.ceil(wrongDays * 86_400))) === 1,
    letGo: async (id) => void (await client.eval(letGoScript, 1, keyOf(id), id, usual, now().getTime())),
    find: async (id) => {
      const packed = await client.getBuffer(keyOf(id))
      return packed === null ? null : unpack(packed)
    },
  }
}

function keyOf(id: string): string {
  return `${index}:${id}`
}

/** Null: it is none of ours. */
async function unpack(packed: Buffer): Promise<Snapshot | null> {
  try {
    return readSnapshotText((await inflate(packed, { maxOutputLength: mostBytes })).toString('utf8'))
  } catch {
    return null // nobody who keeps answers writes such bytes
  }
}

/** KEYS answers; ARGV diagnosis, bytes, seconds, now in ms, most bytes of all. Sizes are counted again each time, so that no count can drift. */
const keepScript = `
redis.call('SET', KEYS[1], ARGV[2], 'EX', ARGV[3])
redis.call('ZADD', '${index}', ARGV[4], ARGV[1])
redis.call('ZREMRANGEBYSCORE', '${index}', '-inf', ARGV[4] - ARGV[3] * 1000)
local ids, size = redis.call('ZREVRANGE', '${index}', 0, -1), 0
for _, id in ipairs(ids) do
  size = size + redis.call('STRLEN', '${index}:' .. id)
  if size > tonumber(ARGV[5]) then
    redis.call('DEL', '${index}:' .. id)
    redis.call('ZREM', '${index}', id)
  end
end
redis.call('EXPIRE', '${index}', ARGV[3])
return 1`

/** KEYS answers; ARGV diagnosis, seconds. Out of the index, they do not have to make room for others. */
const holdScript = `
redis.call('ZREM', '${index}', ARGV[1])
return redis.call('EXPIRE', KEYS[1], ARGV[2])`

/** KEYS answers; ARGV diagnosis, seconds, now in ms. */
const letGoScript = `
if redis.call('EXPIRE', KEYS[1], ARGV[2]) == 1 then
  redis.call('ZADD', '${index}', ARGV[3], ARGV[1])
  redis.call('EXPIRE', '${index}', ARGV[2])
end
return 1`
