import { z } from 'zod'
import type { MappedAlert } from '../../src/alerts/alert.ts'
import { startAlertIntake } from '../../src/alerts/intake.ts'
import { openIntake } from '../../src/alerts/open-intake.ts'
import type { AlertSource } from '../../src/alerts/source.ts'
import type { AlertTaken } from '../../src/alerts/take-alerts.ts'
import { QueueUnreachableError } from '../../src/jobs/desk.ts'
import { createLog, type Logger } from '../../src/log.ts'
import { createMetrics } from '../../src/metrics.ts'
import type { RedisClient } from '../../src/redis.ts'
import { freePort } from '../support/redis.ts'

export const secret = 'a secret of more than thirty-two letters'

export const inventory = {
  hosts: new Map([
    [
      'web-1',
      { name: 'web-1', address: '192.0.2.11', addresses: ['10.0.3.1', '2001:db8::1'], sites: ['shop.example.com'] },
    ],
    ['web-2', { name: 'web-2', address: '192.0.2.12', sites: ['shop.example.com', '*.cdn.example.com'] }],
    ['web-3', { name: 'web-3', address: 'web-3.internal', addresses: ['10.0.3.9'] }],
    ['web-4', { name: 'web-4', address: '127.0.0.1', addresses: ['10.0.3.9'] }],
  ]),
}

export function source(over: Partial<AlertSource> & Pick<AlertSource, 'type'>): AlertSource {
  return { name: over.type, auth: 'hmac', user: 'gatemedic', secrets: [secret], perMinute: 600, map: [], ...over }
}

/** The log as it is written, and its warnings and errors as they were. */
export function listening(): { readonly log: Logger; readonly lines: () => readonly Record<string, unknown>[] } {
  const written: string[] = []
  const log = createLog('warn', { write: (line) => void written.push(line) })
  return { log, lines: () => written.map((line) => z.record(z.string(), z.unknown()).parse(JSON.parse(line))) }
}

interface BenchOptions {
  readonly clock?: () => Date
  readonly port?: number
  readonly patience?: { readonly head: number; readonly whole: number }
}

/** The intake as the bot opens it, with everything that it hands on. */
export async function openBench(
  client: RedisClient,
  sources: readonly AlertSource[],
  { clock = () => new Date(), port, patience }: BenchOptions = {},
) {
  const batches: (readonly MappedAlert[])[] = []
  const state = { queueIsAway: false }
  const metrics = createMetrics({ ofProcess: false })
  const { log, lines } = listening()
  const take = (batch: readonly MappedAlert[]): Promise<readonly AlertTaken[]> => {
    if (state.queueIsAway) return Promise.reject(new QueueUnreachableError())
    batches.push(batch)
    return Promise.resolve(batch.map(({ alert }) => ({ kind: 'opened' as const, threadId: alert.id })))
  }
  const settings = {
    port: port ?? (await freePort()),
    listenOn: '127.0.0.1',
    sources,
    ...(patience ? { patience } : {}),
  }
  const parts = { client, inventory: () => inventory, take, metrics, now: clock, log }
  const intake: Awaited<ReturnType<typeof startAlertIntake>> = await openIntake(settings, parts)
  return {
    port: intake.port,
    close: intake.close,
    state,
    lines,
    /** Every alert that was handed on. */
    taken: () => batches.flat(),
    counted: async () => (await metrics.page()).text,
    post: async (path: string, body: string | Buffer, headers: Readonly<Record<string, string>>) => {
      const response = await fetch(`http://127.0.0.1:${intake.port}${path}`, {
        method: 'POST',
        body: Buffer.from(body),
        headers: { 'content-type': 'application/json', ...headers },
      })
      return { status: response.status, headers: response.headers, body: await response.text() }
    },
  }
}

export type IntakeBench = Awaited<ReturnType<typeof openBench>>
