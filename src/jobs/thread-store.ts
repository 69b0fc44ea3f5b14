import type { RedisClient } from '../redis.ts'
import { keepSeconds, keys } from './keys.ts'
import { readRequester } from './payload.ts'
import { withinReach } from './reach.ts'
import type { NewThread, Thread, ThreadStore, ThreadVia } from './thread.ts'

/** Slack's own limit on a response URL, seconds. */
const responseSeconds = 1800

/** Threads in Redis hashes: one for the place, one for the messages posted. */
export function createThreadStore(client: RedisClient): ThreadStore & { readonly applied: Applied } {
  return {
    open: (thread, responseUrl) => withinReach(client, () => open(client, thread, responseUrl)),
    find: (id) => withinReach(client, () => find(client, id)),
    responseUrl: (id) => withinReach(client, () => client.get(keys.threadResponse(id))),
    place: (id, place) => withinReach(client, () => write(client, id, placeFields(place))),
    remember: (id, key, ts) => withinReach(client, () => remember(client, id, key, ts)),
    applied: (id, revision) => withinReach(client, () => write(client, id, { appliedRevision: `${revision}` })),
  }
}

/** Notes that an update was delivered; older ones are dropped from then on. */
export type Applied = (id: string, revision: number) => Promise<void>

/** KEYS thread, response; ARGV ttl, response URL or '', its ttl, then fields and values. Also from a bot that stood still before this, and was overtaken. */
const openScript = `
if redis.call('HEXISTS', KEYS[1], 'channel') == 1 then return 0 end
redis.call('HSET', KEYS[1], unpack(ARGV, 4))
redis.call('EXPIRE', KEYS[1], ARGV[1])
if ARGV[2] ~= '' then redis.call('SET', KEYS[2], ARGV[2], 'EX', ARGV[3]) end
return 1`

async function open(client: RedisClient, thread: NewThread, responseUrl = ''): Promise<void> {
  const { id, channel, requester, via, look } = thread
  const fields = {
    channel,
    requester: JSON.stringify(requester),
    via,
    rootTs: thread.rootTs ?? '',
    threadTs: thread.threadTs ?? '',
    appliedRevision: '0',
    ...(look ? { look } : {}),
  }
  const names = [keys.thread(id), keys.threadResponse(id)]
  const values = [keepSeconds, responseUrl, responseSeconds, ...Object.entries(fields).flat()]
  await client.eval(openScript, names.length, ...names, ...values)
}

async function find(client: RedisClient, id: string): Promise<Thread | null> {
  const [fields, posted] = await Promise.all([client.hgetall(keys.thread(id)), client.hgetall(keys.threadPosted(id))])
  const { channel, requester, via, rootTs, threadTs, appliedRevision, fleet, look } = fields
  if (!channel || !requester) return null
  return {
    id,
    channel,
    rootTs: rootTs || null,
    threadTs: threadTs || null,
    requester: readRequester(requester),
    via: readVia(via),
    appliedRevision: Number(appliedRevision ?? 0),
    posted,
    ...(fleet ? { fleet } : {}),
    ...(look === 'watch' || look === 'sweep' ? { look } : {}),
  }
}

async function write(client: RedisClient, id: string, fields: Record<string, string>): Promise<void> {
  if (Object.keys(fields).length === 0) return
  await client.multi().hset(keys.thread(id), fields).expire(keys.thread(id), keepSeconds).exec()
}

async function remember(client: RedisClient, id: string, key: string, ts: string): Promise<void> {
  await client
    .multi()
    .hset(keys.threadPosted(id), key, ts)
    .expire(keys.threadPosted(id), keepSeconds)
    .expire(keys.thread(id), keepSeconds)
    .exec()
}

function placeFields(place: Parameters<ThreadStore['place']>[1]): Record<string, string> {
  return Object.fromEntries(Object.entries(place).map(([field, value]) => [field, value ?? '']))
}

function readVia(via: string | undefined): ThreadVia {
  return via === 'reply' || via === 'response' ? via : 'root'
}
