import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { readTarget } from '../../commands/target.ts'
import { withLearnedSites } from '../../commands/with-learned-sites.ts'
import { factsOf } from '../../src/examine/facts.ts'
import { servedNames } from '../../src/examine/served-names.ts'
import { createLearnedSites, followLearnedSites } from '../../src/history/learned-sites.ts'
import { readSnapshot } from '../../src/host/snapshot.ts'
import { openRedis, type RedisClient } from '../../src/redis.ts'
import { quiet } from '../support/bench-of-queues.ts'
import { botKeys, workerKeys } from '../support/keys.ts'
import { startRedis, type TestRedis } from '../support/redis.ts'

const march = new Date('2026-11-21T03:00:00Z')
let redis: TestRedis
let client: RedisClient

beforeAll(async () => {
  redis = await startRedis('none')
  client = await openRedis(redis.url, 'work', { log: quiet })
})
afterEach(() => client.flushall())
afterAll(async () => {
  client.disconnect()
  await redis.stop()
})

const inventory = { hosts: new Map([['web-1', { name: 'web-1', sites: ['www.example.com'] }]]) }

async function learnedAt(now: Date) {
  const sites = followLearnedSites(client, botKeys.worker, () => now)
  await sites.refresh()
  return sites.learned()
}

describe('the sites that a diagnosis has read on a host', () => {
  it('lead to that host when somebody asks for one, beside those of the inventory', async () => {
    await createLearnedSites(client, workerKeys.signer).keep('web-1', ['shop.example.com', '*.cdn.example.com'], march)

    const known = withLearnedSites(inventory, await learnedAt(march))

    expect(known.hosts.get('web-1')?.sites).toEqual(['www.example.com', 'shop.example.com', '*.cdn.example.com'])
    expect(readTarget(['https://a.cdn.example.com/x'], known)).toMatchObject({
      kind: 'target',
      target: { site: { serverName: 'a.cdn.example.com', path: '/x' } },
    })
  })

  it('are forgotten after a month without a look, and what was read since stays', async () => {
    const { keep } = createLearnedSites(client, workerKeys.signer)
    const later = new Date(march.getTime() + 31 * 86_400_000)
    await keep('gone-1', ['old.example.com'], march)
    await keep('web-1', ['shop.example.com'], later)

    expect([...(await learnedAt(later))]).toEqual([['web-1', ['shop.example.com']]])
    expect(await client.hkeys('gatemedic:learned-sites')).toEqual(['web-1'])
  })

  it('lead to no other host for a site of which the inventory says who serves it', async () => {
    const hosts = new Map([
      ['web-1', { name: 'web-1', sites: ['shop.example.com', '*.cdn.example.com'] }],
      ['stage-1', { name: 'stage-1' }],
    ])
    const names = ['shop.example.com', '*.example.com', 'a.cdn.example.com', 'stage.example.org']
    await createLearnedSites(client, workerKeys.signer).keep('stage-1', names, march)

    const known = withLearnedSites({ hosts }, await learnedAt(march))

    expect(known.hosts.get('stage-1')).toMatchObject({ sites: ['stage.example.org'] })
    expect(readTarget(['shop.example.com'], known)).toMatchObject({ kind: 'target', target: { host: 'web-1' } })
  })

  it('make one inventory until something changes, and what did not change is not read again', async () => {
    const learned = createLearnedSites(client, workerKeys.signer)
    await learned.keep('web-1', ['shop.example.com'], march)
    const sites = followLearnedSites(client, botKeys.worker, () => march)
    await sites.refresh()
    const first = withLearnedSites(inventory, sites.learned())
    await sites.refresh()
    const second = withLearnedSites(inventory, sites.learned())
    await learned.keep('web-1', ['other.example.com'], march)
    await sites.refresh()

    expect(second.hosts).toBe(first.hosts)
    expect(withLearnedSites(inventory, sites.learned()).hosts.get('web-1')?.sites).toContain('other.example.com')
  })

  it('add no host, are forgotten after a month, and count only when a worker has signed them for that host', async () => {
    const learned = createLearnedSites(client, workerKeys.signer)
    await learned.keep('db-1', ['db.example.com'], march)
    await learned.keep('web-1', ['old.example.com'], new Date('2026-10-20T00:00:00Z'))
    await createLearnedSites(client, botKeys.signer).keep('web-2', ['forged.example.com'], march)
    const signed = await client.hget('gatemedic:learned-sites', 'db-1')
    await client.hset('gatemedic:learned-sites', 'web-3', signed ?? '', 'web-4', 'not JSON')

    const read = await learnedAt(march)

    expect([...read]).toEqual([['db-1', ['db.example.com']]])
    expect([...withLearnedSites(inventory, read).hosts.keys()]).toEqual(['web-1'])
  })

  it('are the names of the configuration that somebody may ask for', async () => {
    const { captures } = await readSnapshot('demo/recordings/web-1')
    const facts = factsOf(
      captures.map(({ capture }) => capture),
      'web-1',
      'both rounds',
    )

    expect(servedNames(facts)).toEqual(['blog.example.com', 'shop.example.com', 'www.example.com'])
  })
})
