import { afterAll, beforeAll, expect, test } from 'vitest'
import { fitToLeave } from '../../src/examine/examine.ts'
import { factsOf } from '../../src/examine/facts.ts'
import { replaySnapshot } from '../../src/examine/replay.ts'
import { createKeptCaptures } from '../../src/history/kept-captures.ts'
import { readSnapshot } from '../../src/host/snapshot.ts'
import { keys } from '../../src/jobs/keys.ts'
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
import { everythingIn } from '../support/everything-in.ts'
import { plantClients, plantedClients } from '../support/plant-clients.ts'
import { startRedis, type TestRedis } from '../support/redis.ts'
import { until } from '../support/until.ts'

let redis: TestRedis
let client: RedisClient

beforeAll(async () => {
  redis = await startRedis()
  client = await openRedis(redis.url, 'work', { log: quiet })
})
afterAll(async () => {
  client.disconnect()
  await redis.stop()
})

async function kept(maskClients: boolean): Promise<string> {
  await client.flushall()
  const snapshot = plantClients(await readSnapshot('test/rules/backend-down/fires-backend-down'))
  const captures = snapshot.captures.map(({ capture }) => capture)
  const facts = factsOf(captures, snapshot.host, 'both rounds')
  const seen = { diagnosis: replaySnapshot(snapshot), facts, masters: [], backends: [], recorded: snapshot.captures }
  const delivered = createDelivered()
  const bot = await startBot(redis.url, delivered.deliver)
  const worker = await startDiagnosing(redis.url, async () => fitToLeave(seen, { maskClients }))
  const thread = newId()
  const { diagnosisId } = await bot.ask('web-1', thread)
  await until('the answer is there', () => delivered.of(thread, 'diagnosis').length > 0)
  const answers = await createKeptCaptures(client, captureLimits, now).find(diagnosisId)
  const [told] = delivered.of(thread, 'diagnosis')
  const everything = await everythingIn(client)
  await worker.stop()
  await bot.stop()
  expect(everything).toContain(keys.diagnosis(diagnosisId))
  return JSON.stringify([told, answers?.captures, everything])
}

test('with maskClients no address of a client is told, remembered, kept for people who judge, or anywhere in Redis', async () => {
  const [plain, masked] = [await kept(false), await kept(true)]

  expect(plantedClients.filter((each) => plain.includes(each))).toEqual(plantedClients)
  expect(plantedClients.filter((each) => masked.includes(each))).toEqual([])
  expect(masked).toContain('client: client-1')
  expect(masked).toContain('client: 240.0.0.1')
})
