import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { approversOnly } from '../../src/approval/policy/approvers-only.ts'
import { createFreezeKeeper, createFreezeStore } from '../../src/approval/freeze-store.ts'
import { type Audit, openAudit } from '../../src/audit/audit.ts'
import { createFreezeDesk, type FreezeDesk, type Freezer } from '../../src/jobs/freeze-desk.ts'
import { keepFreezes } from '../../src/jobs/keep-freezes.ts'
import { openRedis, type RedisClient } from '../../src/redis.ts'
import { auditOptions } from '../support/audit-options.ts'
import { newId, now, quiet } from '../support/bench-of-queues.ts'
import { botKeys, workerKeys } from '../support/keys.ts'
import { startRedis, type TestRedis } from '../support/redis.ts'

const key = 'gatemedic:freezes'
const ben: Freezer = { userId: 'U0BEN', name: 'ben', memberOf: () => Promise.resolve([]) }
const policy = () => approversOnly([ben.userId])
const hosts = () => [{ name: 'web-1', groups: [], labels: {} }]
const wish = { on: 'all', seconds: 7200, because: 'moving the database' } as const

/** A bot with its record in a folder of its own. */
interface Bot {
  readonly desk: FreezeDesk
  readonly audit: Audit
  readonly mend: () => Promise<void>
}

let redis: TestRedis
let client: RedisClient
let folder: string
let bots: Bot[]

beforeAll(async () => {
  redis = await startRedis()
  client = await openRedis(redis.url, 'ask', { log: quiet })
})
afterAll(async () => {
  client.disconnect()
  await redis.stop()
})
beforeEach(async () => {
  await client.flushall()
  folder = await mkdtemp(join(tmpdir(), 'gatemedic-freezes-'))
  bots = []
})
afterEach(async () => {
  for (const { audit } of bots) await audit.close()
  await rm(folder, { recursive: true, force: true })
})

async function startBot(writer = 'bot-a'): Promise<Bot> {
  const audit = await openAudit(folder, auditOptions({ writer, signer: botKeys.signer, self: botKeys.bot }))
  const keeper = createFreezeKeeper(client, botKeys.bot, botKeys.signer, audit.frozen)
  const desk = createFreezeDesk({ client, keeper, policy, hosts, audit, log: quiet, now, newId })
  const bot = { desk, audit, mend: () => keepFreezes({ keeper, audit, log: quiet, now }) }
  bots.push(bot)
  return bot
}

const frozenFor = async ({ desk }: Bot): Promise<readonly string[]> =>
  (await desk.list()).chat.map((each) => (each.kind === 'freeze' ? `${each.on}: ${each.because}` : each.kind))
const workerSees = async (): Promise<readonly string[]> =>
  (await createFreezeStore(client, workerKeys.bot).list(now())).map(({ kind }) => kind)

describe('a freeze that somebody deleted in Redis', () => {
  it('holds on for the bot that made it, and is put back for the worker', async () => {
    const bot = await startBot()
    await bot.desk.freeze(wish, ben)
    await client.del(key)

    const before = await frozenFor(bot)
    await bot.mend()

    expect(before).toEqual(['all: moving the database'])
    expect(await workerSees()).toEqual(['freeze'])
  })

  it('is put back after a restart of the bot as well', async () => {
    const first = await startBot()
    await first.desk.freeze(wish, ben)
    await first.audit.close()
    bots = []
    await client.flushall()

    await (await startBot()).mend()

    expect(await workerSees()).toEqual(['freeze'])
  })

  it('comes back also where somebody wrote that it was lifted, and no bot signed that', async () => {
    const bot = await startBot()
    const made = await bot.desk.freeze(wish, ben)
    if (made.kind !== 'frozen') throw new Error('not frozen')
    const forged = workerKeys.signer.sign(
      'unfreeze',
      JSON.stringify({ id: made.freeze.id, by: 'U0BEN', at: made.freeze.at }),
    )
    await client.del(key)
    await client.hset('gatemedic:freezes:lifted', made.freeze.id, JSON.stringify(forged))

    await bot.mend()

    expect(await workerSees()).toEqual(['freeze'])
  })
})

describe('a freeze that was lifted', () => {
  it('by the bot that made it stays lifted, also when Redis forgets everything', async () => {
    const bot = await startBot()
    await bot.desk.freeze(wish, ben)
    await bot.desk.unfreeze('all', ben)
    await client.flushall()

    await bot.mend()

    expect([await frozenFor(bot), await workerSees()]).toEqual([[], []])
  })

  it('by another bot stays lifted, and the one that made it writes that down once', async () => {
    const [made, lifting] = [await startBot('bot-a'), await startBot('bot-b')]
    await made.desk.freeze(wish, ben)

    await lifting.desk.unfreeze('all', ben)
    await made.mend()
    await made.mend()
    await client.flushall()
    await made.mend()

    expect([await frozenFor(made), await workerSees()]).toEqual([[], []])
    expect(made.audit.frozen()).toEqual([])
  })

  it('by its own end is not put back', async () => {
    const bot = await startBot()
    await bot.desk.freeze({ ...wish, seconds: 0 }, ben)
    await client.del(key)

    await bot.mend()

    expect(await workerSees()).toEqual([])
    expect(await client.hlen(key)).toBe(0)
  })
})
