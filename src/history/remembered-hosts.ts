import type { RedisClient } from '../redis.ts'

const prefix = 'gatemedic:history:'

/** Every host of which something is remembered, also those that the inventory does not have any more. */
export async function rememberedHosts(client: RedisClient): Promise<readonly string[]> {
  const found = new Set<string>()
  let cursor = '0'
  do {
    const [next, keys] = await client.scan(cursor, 'MATCH', `${prefix}*`, 'COUNT', 500)
    for (const key of keys) if (!key.endsWith(':entries')) found.add(key.slice(prefix.length))
    cursor = next
  } while (cursor !== '0')
  return [...found].toSorted()
}
