import { deflateRawSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createKeptCaptures } from '../../src/history/kept-captures.ts'
import { createSaidKeeper, createSaidStore, type Said } from '../../src/history/said.ts'
import { readSnapshot, type Snapshot } from '../../src/host/snapshot.ts'
import { openRedis, type RedisClient } from '../../src/redis.ts'
import { diagnosed } from '../slack/cases.ts'
import { quiet } from '../support/bench-of-queues.ts'
import { botKeys, workerKeys } from '../support/keys.ts'
import { startRedis, type TestRedis } from '../support/redis.ts'

let redis: TestRedis
let client: RedisClient
let snapshot: Snapshot

beforeAll(async () => {
  redis = await startRedis('none')
  client = await openRedis(redis.url, 'work', { log: quiet })
  snapshot = await readSnapshot('demo/recordings/web-1')
})
afterEach(() => client.flushall())
afterAll(async () => {
  client.disconnect()
  await redis.stop()
})

let time = Date.parse('2026-11-21T03:00:00Z')
const now = (): Date => new Date((time += 1000))
const keeping = (megabytes = 64) => createKeptCaptures(client, { hours: 24, wrongDays: 90, megabytes }, now)

describe('the answers behind a diagnosis', () => {
  it('come back as they were, and take a fraction of their size', async () => {
    await keeping().keep('d1', snapshot)

    await expect(keeping().find('d1')).resolves.toEqual(snapshot)
    expect(await client.strlen('gatemedic:captures:d1')).toBeLessThan(JSON.stringify(snapshot).length / 3)
    await expect(client.ttl('gatemedic:captures:d1')).resolves.toBeLessThanOrEqual(86_400)
  })

  it('make room, the oldest first, and those of a wrong diagnosis stay', async () => {
    await keeping().keep('d0', snapshot)
    const bytes = await client.strlen('gatemedic:captures:d0')
    const small = keeping((bytes * 2.5) / 1e6)
    await small.holdOn('d0')
    for (const id of ['d1', 'd2', 'd3']) await small.keep(id, snapshot)

    const kept = await Promise.all(['d0', 'd1', 'd2', 'd3'].map(async (id) => (await small.find(id)) !== null))

    expect(kept).toEqual([true, false, true, true])
  })

  it('name no file outside of the folder that they are exported to, whoever wrote them', async () => {
    const [first] = snapshot.captures
    const strange = (probe: string, round = 1): Snapshot => ({
      ...snapshot,
      captures: first === undefined ? [] : [{ ...first, round, capture: { ...first.capture, probe } }],
    })
    const probes = ['x/../../../../tmp/evil', '/../../evil', '..', 'sockets\n']
    for (const [index, probe] of probes.entries()) await keeping().keep(`d${index}`, strange(probe))
    await keeping().keep('usual', strange('error-log'))

    const found = await Promise.all(probes.map((_, index) => keeping().find(`d${index}`)))

    expect(found).toEqual(probes.map(() => null))
    await expect(keeping().find('usual')).resolves.not.toBeNull()
  })

  it('are not kept when they are too large, and are none when somebody else wrote them', async () => {
    const noise = Array.from({ length: 400_000 }, () => Math.random().toString(36).slice(2)).join('')
    const captures = snapshot.captures.map((each) => ({ ...each, capture: { ...each.capture, stdout: noise } }))
    const large = { ...snapshot, captures: captures.slice(0, 1) }
    await client.set('gatemedic:captures:strange', 'not packed')
    await client.set('gatemedic:captures:other', deflateRawSync('{"host":1}'))

    await expect(keeping().keep('large', large)).resolves.toBe(false)
    await expect(keeping().find('large')).resolves.toBeNull()
    await expect(keeping().find('strange')).resolves.toBeNull()
    await expect(keeping().find('other')).resolves.toBeNull()
  })

  it('are gone when nobody kept them, and holding on to them says so', async () => {
    await expect(keeping().holdOn('never')).resolves.toBe(false)
  })
})

function store() {
  return createSaidStore(client, botKeys.worker)
}

describe('what was said', () => {
  const said: Said = {
    id: 'd1',
    host: 'web-1',
    askedAt: '2026-11-21T03:08:01.000Z',
    saidAt: '2026-11-21T03:08:12.000Z',
    askedBy: { kind: 'alert', source: 'alertmanager', title: 'NginxDown' },
    proposal: null,
    diagnosis: diagnosed,
  }
  it('comes back as the worker wrote it', async () => {
    await createSaidKeeper(client, workerKeys.signer).keep(said)

    await expect(store().find('d1')).resolves.toEqual(said)
  })

  it('is nobody’s word when another signed it, when it stands under another id, or when it was changed', async () => {
    await createSaidKeeper(client, botKeys.signer).keep({ ...said, id: 'forged' })
    await createSaidKeeper(client, workerKeys.signer).keep(said)
    await client.copy('gatemedic:said:d1', 'gatemedic:said:d2')
    await client.set('gatemedic:said:d3', deflateRawSync(JSON.stringify({ key: 'x', text: '{}', signature: '' })))
    await client.set('gatemedic:said:d4', Buffer.alloc(100))

    for (const id of ['forged', 'd2', 'd3', 'd4', 'd5']) await expect(store().find(id)).resolves.toBeNull()
  })

  it('is kept with the beginnings of its evidence when it is very long', async () => {
    const [first] = diagnosed.findings
    if (first === undefined) throw new Error('no finding')
    const evidence = [{ probe: 'error-log', command: 'tail', text: 'x'.repeat(500_000) }]
    const long = { ...diagnosed, findings: [{ ...first, evidence }] }
    await createSaidKeeper(client, workerKeys.signer).keep({ ...said, diagnosis: long })

    const found = await store().find('d1')

    expect(found?.diagnosis.findings[0]?.evidence[0]?.text).toBe('x'.repeat(500))
    expect(found?.diagnosis.headline).toBe(diagnosed.headline)
  })
})
