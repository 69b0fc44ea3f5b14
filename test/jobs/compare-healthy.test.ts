import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { HostDigest } from '../../src/history/host-digest.ts'
import { createLastHealthy } from '../../src/history/last-healthy.ts'
import { compareHealthy } from '../../src/jobs/compare-healthy.ts'
import { openRedis, type RedisClient } from '../../src/redis.ts'
import { quiet } from '../support/bench-of-queues.ts'
import { backendDown, healthy } from '../support/diagnosis.ts'
import { startRedis, type TestRedis } from '../support/redis.ts'

let redis: TestRedis
let client: RedisClient

beforeAll(async () => {
  redis = await startRedis()
  client = await openRedis(redis.url, 'ask', { log: quiet })
})
afterAll(async () => {
  client.disconnect()
  await redis.stop()
})

function digest(state: string, collectedAt: string): HostDigest {
  return {
    host: 'web-1',
    collectedAt,
    rights: { owners: true, dumped: true },
    nginx: null,
    units: { 'checkout-api.service': { state, start: '' } },
    listeners: null,
    files: null,
    certificates: null,
  }
}

describe('the last healthy look', () => {
  it('is told from when something fails, and a failing look never takes its place', async () => {
    const parts = { lastHealthy: createLastHealthy(client), log: quiet }
    const good = digest('active (running)', '2026-11-20T03:00:00Z')
    const bad = digest('failed (failed)', '2026-11-21T03:00:00Z')

    const first = await compareHealthy({ diagnosis: healthy(), guards: new Map(), digest: good }, parts)
    const failing = await compareHealthy({ diagnosis: backendDown(), guards: new Map(), digest: bad }, parts)
    const again = await compareHealthy({ diagnosis: backendDown(), guards: new Map(), digest: bad }, parts)

    expect(first.diagnosis).toEqual(healthy())
    expect(failing.diagnosis).toMatchObject({
      differences: ['checkout-api.service was active (running), is failed (failed)'],
      lastHealthyAt: '2026-11-20T03:00:00Z',
    })
    expect(again).toEqual(failing)
  })

  it('is none for a host that was never seen healthy', async () => {
    const parts = { lastHealthy: createLastHealthy(client), log: quiet }
    const diagnosis = backendDown({ host: 'web-9' })

    const compared = await compareHealthy({ diagnosis, guards: new Map(), digest: null }, parts)

    expect(compared.diagnosis).toEqual(diagnosis)
  })

  it('is none when another version wrote it', async () => {
    const parts = { lastHealthy: createLastHealthy(client), log: quiet }
    await client.set('gatemedic:host:web-7:last-healthy', '{"schema":7}')

    expect(await parts.lastHealthy.of('web-7')).toBeNull()
  })
})
