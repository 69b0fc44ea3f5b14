import { generateKeyPairSync } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { anchorInRedis, headFileOf, headsKey } from '../../src/audit/anchors.ts'
import { type Audit, openAudit } from '../../src/audit/audit.ts'
import { signHead } from '../../src/audit/head.ts'
import type { AuditEntry } from '../../src/audit/record.ts'
import { verifyTogether } from '../../src/audit/verify.ts'
import { noteOtherHeads } from '../../src/audit/witness.ts'
import { openRedis, type RedisClient } from '../../src/redis.ts'
import { createSigner } from '../../src/signing/signed.ts'
import { auditOptions } from '../support/audit-options.ts'
import { now, quiet } from '../support/bench-of-queues.ts'
import { botKeys, workerKeys } from '../support/keys.ts'
import { startRedis, type TestRedis } from '../support/redis.ts'
import { until } from '../support/until.ts'

let redis: TestRedis
let client: RedisClient
let folder: string
let bot: Audit
let worker: Audit

beforeAll(async () => {
  redis = await startRedis()
  client = await openRedis(redis.url, 'work', { log: quiet })
})

afterAll(async () => {
  client.disconnect()
  await redis.stop()
})

beforeEach(async () => {
  await client.flushall()
  folder = await mkdtemp(join(tmpdir(), 'gatemedic-witness-'))
  const anchor = (writer: string) => [anchorInRedis(client, writer)]
  const { signer, bot: self } = botKeys
  bot = await openAudit(join(folder, 'bot'), auditOptions({ writer: 'bot-a', signer, self, anchors: anchor('bot-a') }))
  worker = await openAudit(join(folder, 'worker'), auditOptions({ writer: 'worker-b', anchors: anchor('worker-b') }))
})

afterEach(async () => {
  await bot.close()
  await worker.close()
  await rm(folder, { recursive: true, force: true })
})

const refused: AuditEntry = {
  step: 'turned-away',
  what: 'press',
  about: 'p1',
  subject: null,
  by: 'U1',
  because: 'no',
  at: '2026-11-21T03:00:00.000Z',
}

const keys = { bot: workerKeys.bot, worker: workerKeys.worker }
const note = (audit: Audit): Promise<void> => noteOtherHeads(client, audit, keys, { log: quiet, now })
const linesOf = async ({ file }: Audit): Promise<number> => (await readFile(file, 'utf8')).split('\n').length - 1

async function headIs(writer: string, seq: number): Promise<void> {
  await until(`Redis has head ${seq} of ${writer}`, async () => {
    const head = await client.hget(headsKey, writer)
    return head?.includes(`\\"seq\\":${seq},`)
  })
}

test('each side notes where the other stands, once, and not that the other has noted it', async () => {
  await worker.append(refused)
  await headIs('worker-b', 1)

  for (let round = 0; round < 5; round++) {
    await note(bot)
    await headIs('bot-a', await linesOf(bot))
    await note(worker)
    await headIs('worker-b', await linesOf(worker))
  }

  expect([await linesOf(bot), await linesOf(worker)]).toEqual([1, 1])
  expect(bot.witnessed('worker-b')).toBe(1)
})

test('a worker whose file and head were both cut is found by what the bot has noted', async () => {
  for (let count = 0; count < 3; count++) await worker.append(refused)
  await headIs('worker-b', 3)
  await note(bot)
  const [first = ''] = (await readFile(worker.file, 'utf8')).split('\n')
  await writeFile(worker.file, `${first}\n`)
  await rm(headFileOf(worker.file))

  const checked = await verifyTogether([worker.file, bot.file], [keys.bot, keys.worker])

  expect(checked).toMatchObject([
    { verified: { ok: true }, complaints: [expect.stringContaining('it has 1 lines and had 3')] },
    { verified: { ok: true }, complaints: [] },
  ])
})

test('a head that no side of ours has signed, or one that was put under another name, is not noted', async () => {
  const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  const head = { writer: 'worker-c', seq: 9, hash: 'a'.repeat(64), worth: 9 }
  await client.hset(headsKey, 'worker-c', signHead(createSigner(pem), head))
  await client.hset(headsKey, 'worker-d', signHead(workerKeys.signer, head))
  await client.hset(headsKey, 'worker-e', 'no JSON')

  await note(bot)

  expect(await linesOf(bot)).toBe(0)
})
