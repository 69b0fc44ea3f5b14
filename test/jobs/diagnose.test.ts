import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { PastAction } from '../../src/approval/limits.ts'
import type { Examine } from '../../src/jobs/examination.ts'
import { createDelivered, guards, newId, note, quiet, requestFor } from '../support/bench-of-queues.ts'
import { startBot, startDiagnosing } from '../support/bench-of-queues.ts'
import { backendDown, backendDownFinding } from '../support/diagnosis.ts'
import { createGate } from '../support/gate.ts'
import { startRedis, type TestRedis } from '../support/redis.ts'
import { until } from '../support/until.ts'

let redis: TestRedis
const running: { readonly stop: () => Promise<void> }[] = []

beforeAll(async () => {
  redis = await startRedis()
})

afterEach(async () => {
  for (const part of running.splice(0).toReversed()) await part.stop()
})

afterAll(() => redis.stop())

async function started<T extends { readonly stop: () => Promise<void> }>(part: Promise<T>): Promise<T> {
  const settled = await part
  running.push(settled)
  return settled
}

const answers: Examine = (ask) => Promise.resolve({ diagnosis: backendDown({ host: ask.host }), guards })

test('a request becomes a diagnosis in its thread, with a proposal bound to the guard', async () => {
  const delivered = createDelivered()
  const bot = await started(startBot(redis.url, delivered.deliver))
  await started(startDiagnosing(redis.url, answers))
  const thread = newId()

  const taken = await bot.ask('web-a', thread)

  const [update] = await until('the result is there', () => {
    const results = delivered.of(thread, 'diagnosis')
    return results.length > 0 && results
  })
  expect(taken.kind).toBe('queued')
  expect(update?.diagnosis.headline).toBe('checkout-api.service is down since 03:04')
  expect(update?.proposal).toMatchObject({
    action: 'start-unit',
    guard: 'unit 4f2a down 0',
    diagnosisId: taken.diagnosisId,
  })
})

test('a second request while the first runs joins it, and both threads get the answer', async () => {
  const delivered = createDelivered()
  const bot = await started(startBot(redis.url, delivered.deliver))
  const gate = createGate()
  let examinations = 0
  await started(
    startDiagnosing(redis.url, async (ask, run) => {
      examinations += 1
      await gate.passed
      return answers(ask, run)
    }),
  )
  const [one, two] = [newId(), newId()]

  const first = await bot.ask('web-b', one)
  await until('it runs', () => examinations === 1)
  const second = await bot.ask('web-b', two)
  gate.open()

  await until(
    'both have it',
    () => delivered.of(one, 'diagnosis').length > 0 && delivered.of(two, 'diagnosis').length > 0,
  )
  expect(second).toEqual({ kind: 'joined', diagnosisId: first.diagnosisId })
  expect(examinations).toBe(1)
})

test('of many requests that race with the end of a diagnosis none is left without an answer', async () => {
  const delivered = createDelivered()
  const bot = await started(startBot(redis.url, delivered.deliver))
  await started(startDiagnosing(redis.url, answers))
  const threads = Array.from({ length: 60 }, newId)

  for (const thread of threads) await bot.ask('web-c', thread)

  await until('all have it', () => threads.every((thread) => delivered.of(thread, 'diagnosis').length > 0))
  expect(threads.map((thread) => delivered.of(thread, 'diagnosis').length)).toEqual(threads.map(() => 1))
})

test('progress is told to the thread before the result and never after it', async () => {
  const delivered = createDelivered()
  const bot = await started(startBot(redis.url, delivered.deliver))
  await started(
    startDiagnosing(redis.url, async (ask, run) => {
      run.onProgress({ host: ask.host, step: 'asking', detail: '3 of 18 answers' })
      await until('progress is seen', () => delivered.of(thread, 'progress').length > 0)
      for (let answered = 4; answered <= 18; answered++) {
        run.onProgress({ host: ask.host, step: 'asking', detail: `${answered} of 18 answers` })
      }
      return answers(ask, run)
    }),
  )
  const thread = newId()

  await bot.ask('web-d', thread)
  await until('the result is there', () => delivered.of(thread, 'diagnosis').length > 0)

  const kinds = delivered.posts.filter((post) => post.threadId === thread).map((post) => post.update.kind)
  expect(kinds[0]).toBe('progress')
  expect(kinds.at(-1)).toBe('diagnosis')
  expect(kinds.filter((kind) => kind === 'diagnosis')).toHaveLength(1)
  expect(kinds.length).toBeLessThan(6)
})

test('an engine that throws every time ends in one plain message and not in silence', async () => {
  const delivered = createDelivered()
  const bot = await started(startBot(redis.url, delivered.deliver))
  await started(startDiagnosing(redis.url, () => Promise.reject(new Error('a bug'))))
  const thread = newId()

  await bot.ask('web-e', thread)

  await until('it is told', () => delivered.of(thread, 'failed').length > 0)
  expect(delivered.of(thread, 'failed')).toHaveLength(1)
  expect(delivered.of(thread, 'failed')[0]?.message).not.toContain('a bug')
})

test('a target that was restarted as often as the policy allows gets the reason in the place of a button', async () => {
  const delivered = createDelivered()
  const bot = await started(startBot(redis.url, delivered.deliver))
  const target = 'checkout-api.service'
  const action = { id: 'restart-unit', target, allowed: true } as const
  const finding = backendDownFinding({
    cause: 'backend-hung',
    subject: { unit: target },
    fix: { steps: [], diff: null, action },
  })
  const hung: Examine = ({ host }) =>
    Promise.resolve({
      diagnosis: backendDown({ host, findings: [finding] }),
      guards: new Map([[`restart-unit ${target}`, 'unit 4f2a up 0']]),
    })
  const at = new Date(Date.now() - 600_000).toISOString()
  const pastActions = (): Promise<readonly PastAction[]> =>
    Promise.resolve(
      ['1', '2', '3'].map((proposal) => ({
        proposal,
        host: 'web-often',
        target,
        action: action.id,
        at,
        outcome: null,
      })),
    )
  await started(startDiagnosing(redis.url, hung, quiet, note, { pastActions }))
  const thread = newId()

  await bot.ask('web-often', thread)

  await until('the result is there', () => delivered.of(thread, 'diagnosis').length > 0)
  const [told] = delivered.of(thread, 'diagnosis')
  expect(told?.proposal).toBeNull()
  expect(told?.diagnosis.findings[0]?.fix.action?.refused).toMatch(/^not now: .* was restarted 3 times/)
})

test('a request after an action on the host began gets a fresh diagnosis', async () => {
  const delivered = createDelivered()
  const bot = await started(startBot(redis.url, delivered.deliver))
  const gate = createGate()
  const worker = await started(
    startDiagnosing(redis.url, async (ask, run) => {
      await gate.passed
      return answers(ask, run)
    }),
  )

  const before = await bot.ask('web-f', newId())
  await worker.board.closeJoining('web-f')
  const after = await bot.ask('web-f', newId())
  gate.open()

  expect(after.kind).toBe('queued')
  expect(after.diagnosisId).not.toBe(before.diagnosisId)
})

test('of 100 requests at the same moment each thread gets one answer', async () => {
  const delivered = createDelivered()
  const bot = await started(startBot(redis.url, delivered.deliver))
  await started(startDiagnosing(redis.url, answers))
  const threads = Array.from({ length: 100 }, newId)

  const taken = await Promise.all(threads.map((thread) => bot.ask('web-g', thread)))

  await until('all have it', () => threads.every((thread) => delivered.of(thread, 'diagnosis').length > 0))
  expect(threads.map((thread) => delivered.of(thread, 'diagnosis').length)).toEqual(threads.map(() => 1))
  expect(taken.filter(({ kind }) => kind === 'queued').length).toBeLessThan(100)
})

test('a request whose bot died before it queued the job is diagnosed all the same', async () => {
  const delivered = createDelivered()
  const bot = await started(startBot(redis.url, delivered.deliver))
  const worker = await started(startDiagnosing(redis.url, answers))
  const thread = newId()
  await bot.openThread(thread)

  await worker.askOnly(requestFor('web-h', thread))

  await until('the result is there', () => delivered.of(thread, 'diagnosis').length > 0)
  expect(delivered.of(thread, 'diagnosis')[0]?.diagnosis.host).toBe('web-h')
})

test('a host that the worker does not know is not asked, and the thread hears why', async () => {
  const delivered = createDelivered()
  const bot = await started(startBot(redis.url, delivered.deliver))
  await started(startDiagnosing(redis.url, answers))
  const thread = newId()

  await bot.ask('unknown-1', thread)

  const [update] = await until('it is told', () => {
    const failed = delivered.of(thread, 'failed')
    return failed.length > 0 && failed
  })
  expect(update?.message).toContain('not in the inventory of the worker')
})

test('a remedy without its guard gets no button and a reason', async () => {
  const delivered = createDelivered()
  const bot = await started(startBot(redis.url, delivered.deliver))
  await started(startDiagnosing(redis.url, () => Promise.resolve({ diagnosis: backendDown(), guards: new Map() })))
  const thread = newId()

  await bot.ask('web-1', thread)

  await until('the result is there', () => delivered.of(thread, 'diagnosis').length > 0)
  const [result] = delivered.of(thread, 'diagnosis')
  expect(result?.proposal).toBeNull()
  expect(result?.diagnosis.findings[0]?.fix.action).toMatchObject({
    allowed: false,
    refused: expect.stringContaining('could not be read'),
  })
})
