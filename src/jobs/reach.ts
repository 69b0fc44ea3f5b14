import { becomesReady, type RedisClient } from '../redis.ts'
import { QueueUnreachableError } from './desk.ts'

/** How long a person waits for Redis before hearing that it is away, in ms. */
const patienceMs = 2500

/**
 * Runs something that a person waits for. Rejects with QueueUnreachableError when Redis is away or falls silent, within
 * about 3 s plus the command time-out of the `ask` client; a reply of Redis that is an error stays what it is.
 */
export async function withinReach<T>(client: RedisClient, ask: () => Promise<T>): Promise<T> {
  if (!(await becomesReady(client, patienceMs))) throw new QueueUnreachableError()
  try {
    return await ask()
  } catch (error) {
    if (isLostConnection(error)) throw new QueueUnreachableError(error)
    throw error
  }
}

/** ioredis has no error class for a lost connection: these are the messages of its 6.0 sources (Redis.ts, Command.ts, errors/). */
const lostConnection =
  /^(?:Command timed out|Connection is closed|Stream isn't writeable|Reached the max retries per request|read ECONN|connect E)/

function isLostConnection(error: unknown): boolean {
  return error instanceof Error && (error.name === 'MaxRetriesPerRequestError' || lostConnection.test(error.message))
}
