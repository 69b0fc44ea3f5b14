import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { fitToLeave } from '../../src/examine/examine.ts'
import { factsOf } from '../../src/examine/facts.ts'
import { replaySnapshot } from '../../src/examine/replay.ts'
import { createKeptCaptures } from '../../src/history/kept-captures.ts'
import { createSaidStore } from '../../src/history/said.ts'
import { readSnapshot } from '../../src/host/snapshot.ts'
import type { Examination } from '../../src/jobs/examination.ts'
import { openRedis, type RedisClient } from '../../src/redis.ts'
import {
  captureLimits,
  createDelivered,
  newId,
  now,
  quiet,
  startBot,
  startDiagnosing,
} from '../support/bench-of-queues.ts'
import { botKeys } from '../support/keys.ts'
import { startRedis, type TestRedis } from '../support/redis.ts'
import { until } from '../support/until.ts'

let redis: TestRedis
let client: RedisClient
let examination: Examination
const running: { readonly stop: () => Promise<void> }[] = []

beforeAll(async () => {
  redis = await startRedis()
  client = await openRedis(redis.url, 'work', { log: quiet })
  const snapshot = await readSnapshot('demo/recordings/web-1')
  const captures = snapshot.captures.map(({ capture }) => capture)
  const facts = factsOf(captures, snapshot.host, 'both rounds')
  examination = fitToLeave({
    diagnosis: replaySnapshot(snapshot),
    facts,
    masters: [],
    backends: [],
    recorded: snapshot.captures,
  })
})
afterEach(async () => {
  for (const part of running.splice(0).toReversed()) await part.stop()
})
afterAll(async () => {
  client.disconnect()
  await redis.stop()
})

async function told() {
  const delivered = createDelivered()
  const bot = await startBot(redis.url, delivered.deliver)
  running.push(bot, await startDiagnosing(redis.url, () => Promise.resolve(examination)))
  const threadId = newId()
  await bot.ask('web-1', threadId)
  return until('the diagnosis is told', () => delivered.of(threadId, 'diagnosis')[0])
}

test('what is told is kept before, with who asked and when, and with the answers that it was judged from', async () => {
  const { diagnosisId = '', diagnosis } = await told()

  const said = await createSaidStore(client, botKeys.worker).find(diagnosisId)
  const kept = await createKeptCaptures(client, captureLimits, now).find(diagnosisId)
  expect(said).toMatchObject({ id: diagnosisId, host: 'web-1', askedBy: { kind: 'user' }, diagnosis })
  expect(Date.parse(said?.askedAt ?? '')).toBeLessThanOrEqual(Date.parse(said?.saidAt ?? ''))
  if (kept === null) throw new Error('nothing was kept')
  expect(replaySnapshot(kept).findings[0]?.cause).toBe(diagnosis.findings[0]?.cause)
})

test('a diagnosis is told, and can be judged, also when its answers cannot be kept', async () => {
  await client.del('gatemedic:captures')
  await client.set('gatemedic:captures', 'not an index')

  const { diagnosisId = '', diagnosis } = await told()

  expect(diagnosis.verdict).toBe('diagnosed')
  await expect(createSaidStore(client, botKeys.worker).find(diagnosisId)).resolves.not.toBeNull()
})
