import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { Examine } from '../../src/jobs/examination.ts'
import { createDelivered, guards, newId, startBot, startDiagnosing } from '../support/bench-of-queues.ts'
import { backendDown } from '../support/diagnosis.ts'
import { createGate } from '../support/gate.ts'
import { startRedis, type TestRedis } from '../support/redis.ts'
import { until } from '../support/until.ts'

let redis: TestRedis
const running: { readonly stop: () => Promise<void> }[] = []

beforeAll(async () => {
  redis = await startRedis('none')
})
afterEach(async () => {
  for (const part of running.splice(0).toReversed()) await part.stop()
})
afterAll(() => redis.stop())

const requester = { kind: 'user', userId: 'U1' } as const
const answers: Examine = (ask) => Promise.resolve({ diagnosis: backendDown({ host: ask.host }), guards })

async function bot() {
  const delivered = createDelivered()
  const started = await startBot(redis.url, delivered.deliver)
  running.push(started)
  const thread = newId()
  await started.threads.open({
    id: thread,
    channel: 'C1',
    rootTs: null,
    threadTs: null,
    requester,
    via: 'root',
    look: 'watch',
  })
  const told = (threadId: string) => until('the answer is there', () => delivered.of(threadId, 'diagnosis')[0])
  return { ...started, delivered, thread, told }
}

async function worker(examine: Examine): Promise<void> {
  running.push(await startDiagnosing(redis.url, examine))
}

test('a look offers nothing, and leaves the offer that stands', async () => {
  const { ask, desk, thread, told, proposals } = await bot()
  await worker(answers)
  const asked = newId()
  await ask('web-a', asked)
  const { proposal } = await told(asked)

  await desk.look({ threadId: thread, requester, looks: [{ id: newId(), host: 'web-a' }] })
  const looked = await told(thread)

  expect(looked.proposal).toBeNull()
  expect((await proposals.find(proposal?.id ?? ''))?.proposal.state).toEqual({ kind: 'proposed' })
})

test('a look hears along where a person waits for the host, and a person never waits for a look alone', async () => {
  const { ask, desk, thread, told, delivered } = await bot()
  const gate = createGate()
  const hosts: string[] = []
  await worker(async (request, options) => {
    hosts.push(request.host)
    await gate.passed
    return answers(request, options)
  })
  const person = newId()
  await ask('web-b', person)
  await desk.look({
    threadId: thread,
    requester,
    looks: [
      { id: newId(), host: 'web-b' },
      { id: newId(), host: 'web-c' },
    ],
  })
  const late = newId()
  await ask('web-c', late)
  await until('all are begun', () => hosts.length === 3)
  gate.open()

  expect((await told(late)).proposal).not.toBeNull()
  await until('the looks are answered', () => delivered.of(thread, 'diagnosis').length === 2)
  expect(hosts.toSorted()).toEqual(['web-b', 'web-c', 'web-c'])
})

test('looks that wait for a worker become one, and asked again under the same id none is doubled', async () => {
  const { desk, thread, delivered, ask, told } = await bot()
  const first = { threadId: thread, requester, looks: [{ id: newId(), host: 'web-d' }] }
  await desk.look(first)
  await desk.look(first)
  await desk.look({ ...first, looks: [{ id: newId(), host: 'web-d' }] })
  const hosts: string[] = []
  await worker(async (request, options) => {
    hosts.push(request.host)
    return answers(request, options)
  })
  await told(thread)
  const last = newId()
  await ask('web-e', last)
  await told(last)

  expect(hosts).toEqual(['web-d', 'web-e'])
  expect(delivered.of(thread, 'diagnosis')).toHaveLength(1)
})
