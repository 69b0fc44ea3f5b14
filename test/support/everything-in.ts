import type { RedisClient } from '../../src/redis.ts'

/** Every value of every key, as text; packed bytes are what they look like in UTF-8. */
export async function everythingIn(store: RedisClient): Promise<string> {
  const values = await Promise.all((await store.keys('*')).map(async (key) => [key, await valueOf(store, key)]))
  return JSON.stringify(values)
}

async function valueOf(store: RedisClient, key: string): Promise<unknown> {
  switch (await store.type(key)) {
    case 'string':
      return store.get(key)
    case 'hash':
      return store.hgetall(key)
    case 'list':
      return store.lrange(key, 0, -1)
    case 'set':
      return store.smembers(key)
    case 'zset':
      return store.zrange(key, '0', '-1')
    case 'stream':
      return store.xrange(key, '-', '+')
    default:
      return null
  }
}
