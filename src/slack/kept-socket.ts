import type { SocketModeReceiver } from '@slack/bolt'
import type { Logger } from '@slack/bolt'

/** The client inside Bolt's Socket Mode receiver. */
export type SocketClient = SocketModeReceiver['client']

export interface KeptSocket {
  /** Rejects when the first connection cannot be made; after that the socket is kept open. */
  readonly start: () => Promise<void>
  /** Resolves when the socket is closed, or after 3 s. */
  readonly stop: () => Promise<void>
}

/** How long Slack may take to say hello, and to close, in ms. */
const helloMs = 20_000
const closeMs = 3000
const longestPauseMs = 30_000

/**
 * Keeps one WebSocket to Slack open. Slack renews each about every hour; the client of socket-mode 3.1.0 then waits 5 s
 * before it connects again, in which commands of people are lost, and a failed attempt becomes an unhandled rejection. So
 * its own reconnecting is switched off and this does it: at once, and with growing pauses when that fails.
 */
export function keepSocket(client: SocketClient, logger: Pick<Logger, 'warn'>): KeptSocket {
  let kept = false
  let pause: NodeJS.Timeout | undefined

  async function again(failures: number): Promise<void> {
    if (!kept) return
    try {
      await connected(client)
    } catch (error) {
      logger.warn('the connection to Slack could not be made again', error)
      pause = setTimeout(() => void again(failures + 1), Math.min(longestPauseMs, 500 * 2 ** failures))
    }
  }

  return {
    start: async () => {
      await connected(client)
      kept = true
      // While an attempt runs, its own rejection says that it failed.
      client.on('disconnected', () => {
        if (!attempting.has(client)) void again(0)
      })
    },
    stop: async () => {
      kept = false
      clearTimeout(pause)
      await within(closeMs, client.disconnect())
    },
  }
}

const attempting = new WeakSet<SocketClient>()

async function connected(client: SocketClient): Promise<void> {
  attempting.add(client)
  try {
    const hello = await within(helloMs, client.start())
    if (hello === 'done') return
    await within(closeMs, client.disconnect())
    throw new Error(`Slack said no hello within ${helloMs / 1000} s`)
  } finally {
    attempting.delete(client)
  }
}

async function within(ms: number, work: Promise<unknown>): Promise<'done' | 'too long'> {
  let timer: NodeJS.Timeout | undefined
  const tooLong = new Promise<'too long'>((resolve) => {
    timer = setTimeout(() => resolve('too long'), ms)
  })
  try {
    return await Promise.race([work.then((): 'done' => 'done'), tooLong])
  } finally {
    clearTimeout(timer)
  }
}
