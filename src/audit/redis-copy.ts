import type { RedisClient } from '../redis.ts'
import type { AuditLine } from './record.ts'

export const auditStream = 'gatemedic:audit'

/** Copies audit lines to a Redis stream, about the newest 10,000. A copy only: the file is the record. */
export function copyToRedis(client: RedisClient): (line: AuditLine) => Promise<void> {
  return async (line) => {
    await client.xadd(auditStream, 'MAXLEN', '~', 10_000, '*', 'line', JSON.stringify(line))
  }
}
