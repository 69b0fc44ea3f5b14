import { Redis } from 'ioredis'
import type { Logger } from './log.ts'

export type RedisClient = Redis

/**
 * ask: for a person who waits: a command fails at once while Redis is away, and after 3 s when it is silent.
 * work: for background work: a command waits until Redis is back (BullMQ workers ask for exactly that).
 */
export type RedisUse = 'ask' | 'work'

export interface OpenRedis {
  readonly log: Logger
  /** How long the first connection may take, in ms. */
  readonly budgetMs?: number
}

/** Redis did not answer at start. The message names the address, without the password, and what to do. */
export class RedisUnreachableError extends Error {
  override readonly name = 'RedisUnreachableError'

  constructor(address: string, reason: string, cause?: unknown) {
    super(`Redis at ${address} does not answer (${reason}): start it, or set REDIS_URL to one that runs`, { cause })
  }
}

/** "redis://:secret@10.0.0.1:6379/0" -> "10.0.0.1:6379". */
export function redisAddress(url: string): string {
  const { hostname, port } = new URL(url)
  return `${hostname}:${port || '6379'}`
}

/** Connects, or rejects with RedisUnreachableError within the budget (5 s by default). After that it reconnects for ever by itself. */
export async function openRedis(url: string, use: RedisUse, { log, budgetMs = 5000 }: OpenRedis): Promise<RedisClient> {
  const client = new Redis(url, use === 'ask' ? askOptions : workOptions)
  let lastError: Error | undefined
  let announced = false
  client.on('error', (error: Error) => {
    lastError = error
    if (announced || client.status === 'ready') return
    announced = true
    log.warn({ redis: redisAddress(url), err: error }, 'redis is not reachable, trying again')
  })
  client.on('ready', () => {
    if (announced) log.info({ redis: redisAddress(url) }, 'redis is reachable again')
    announced = false
  })

  const ready = await becomesReady(client, budgetMs)
  if (ready) return client
  client.disconnect()
  throw new RedisUnreachableError(redisAddress(url), reasonOf(lastError, budgetMs), lastError)
}

/** True as soon as commands are taken; false after `ms`. Needs no sleep: the client says when it is ready. */
export function becomesReady(client: RedisClient, ms: number): Promise<boolean> {
  if (client.status === 'ready') return Promise.resolve(true)
  return new Promise((resolve) => {
    const settle = (ready: boolean): void => {
      clearTimeout(timer)
      client.off('ready', onReady)
      resolve(ready)
    }
    const onReady = (): void => settle(true)
    const timer = setTimeout(settle, ms, false)
    client.on('ready', onReady)
  })
}

const common = {
  // A restart of Redis takes about a second: look often at first, then every 2 s.
  retryStrategy: (times: number) => Math.min(100 * times, 2000),
  connectTimeout: 3000,
}

const askOptions = { ...common, enableOfflineQueue: false, maxRetriesPerRequest: 0, commandTimeout: 3000 }

const workOptions = { ...common, maxRetriesPerRequest: null }

function reasonOf(error: Error | undefined, budgetMs: number): string {
  if (!error) return `no answer within ${budgetMs / 1000} s`
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message
}
