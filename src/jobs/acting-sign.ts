import type { Logger } from '../log.ts'
import type { RedisClient } from '../redis.ts'
import { keys } from './keys.ts'

const signSeconds = 12
const everyMs = 3000

/**
 * A sign of life in Redis while an action runs. BullMQ's own lock is not enough: it is lost when Redis is away for some
 * seconds, and then an action in full swing would be taken for an interrupted one.
 */
export function createActingSign(client: RedisClient, log: Logger): (proposalId: string) => () => Promise<void> {
  return (proposalId) => {
    const show = (): void => {
      client
        .set(keys.acting(proposalId), '1', 'EX', signSeconds)
        .catch((error: unknown) => log.debug({ proposal: proposalId, err: error }, 'sign of life not written'))
    }
    show()
    const timer = setInterval(show, everyMs)
    return async () => {
      clearInterval(timer)
      await client.del(keys.acting(proposalId))
    }
  }
}

export async function isActing(client: RedisClient, proposalId: string): Promise<boolean> {
  return (await client.exists(keys.acting(proposalId))) === 1
}
