import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type Deliver, UndeliverableError } from '../../src/jobs/desk.ts'
import { createDiagnosisBoard, type DiagnosisBoard } from '../../src/jobs/diagnosis-board.ts'
import { drain } from '../../src/jobs/drain.ts'
import { createOutbox } from '../../src/jobs/outbox.ts'
import { createPostQueue, type PostQueue } from '../../src/jobs/queue-post.ts'
import { sweepUntaken } from '../../src/jobs/sweep.ts'
import { createThreadStore } from '../../src/jobs/thread-store.ts'
import { openRedis, type RedisClient } from '../../src/redis.ts'
import { newId, note, now, quiet, requestFor, startBot } from '../support/bench-of-queues.ts'
import { startRedis, type TestRedis } from '../support/redis.ts'
import { until } from '../support/until.ts'
import { botKeys, workerKeys } from '../support/keys.ts'

let redis: TestRedis
let client: RedisClient
let board: DiagnosisBoard
let posts: PostQueue
const bots: { readonly stop: () => Promise<void> }[] = []

beforeAll(async () => {
  redis = await startRedis()
  client = await openRedis(redis.url, 'work', { log: quiet })
  board = createDiagnosisBoard(client, workerKeys)
  posts = createPostQueue(client, quiet)
})

afterEach(async () => {
  for (const bot of bots.splice(0)) await bot.stop()
})

afterAll(async () => {
  await posts.close()
  client.disconnect()
  await redis.stop()
})

/** A diagnosis with one thread, and a way to tell it something. */
async function conversation(run = 'run-1') {
  const threadId = newId()
  const requester = { kind: 'user', userId: 'U1' } as const
  const place = { channel: 'C1', rootTs: null, threadTs: null }
  await createThreadStore(client).open({ id: threadId, ...place, requester, via: 'root' })
  const { diagnosisId } = await createDiagnosisBoard(client, botKeys).join(
    requestFor(`web-${newId()}`, threadId),
    now(),
  )
  await board.begin(diagnosisId, run)
  const fail = (message: string, last = false, by = run) =>
    board.announce(diagnosisId, { kind: 'failed', host: 'web-1', message, next: '' }, { run: by, last })
  const progress = (detail: string) =>
    board.announce(
      diagnosisId,
      { kind: 'progress', progress: { host: 'web-1', step: 'asking', detail } },
      { run, last: false },
    )
  return { threadId, diagnosisId, fail, progress }
}

function texts(updates: readonly Parameters<Deliver>[0][]): string[] {
  return updates.map(({ update }) =>
    update.kind === 'failed' ? update.message : update.kind === 'progress' ? update.progress.detail : update.kind,
  )
}

async function drained(threadId: string, deliver?: Deliver): Promise<Parameters<Deliver>[0][]> {
  const got: Parameters<Deliver>[0][] = []
  const keep: Deliver = (post) => {
    got.push(post)
    return Promise.resolve()
  }
  await drain(threadId, {
    outbox: createOutbox(client, botKeys),
    threads: createThreadStore(client),
    deliver: deliver ?? keep,
    note,
    log: quiet,
  })
  return got
}

test('updates of a thread come in the order of their revisions', async () => {
  const { threadId, fail } = await conversation()
  for (const word of ['one', 'two', 'three']) await fail(word)

  const got = await drained(threadId)

  expect(texts(got)).toEqual(['one', 'two', 'three'])
  expect(got.map((post) => post.revision)).toEqual([1, 2, 3])
})

test('progress that was not shown yet is replaced by what comes after it', async () => {
  const { threadId, fail, progress } = await conversation()
  await progress('1 of 18')
  await progress('2 of 18')
  await fail('end')

  expect(texts(await drained(threadId))).toEqual(['end'])
})

test('progress that arrives while older progress is being delivered is not lost', async () => {
  const { threadId, progress } = await conversation()
  const seen: string[] = []
  await progress('1 of 18')

  await drained(threadId, async (post) => {
    seen.push(...texts([post]))
    if (seen.length === 1) await progress('2 of 18')
  })

  expect(seen).toEqual(['1 of 18', '2 of 18'])
})

test('an update whose revision was applied before is dropped', async () => {
  const { threadId, fail } = await conversation()
  await fail('old')
  await fail('new')
  await createThreadStore(client).applied(threadId, 1)

  expect(texts(await drained(threadId))).toEqual(['new'])
})

test('a run that another one has taken over from is not listened to', async () => {
  const { threadId, diagnosisId, fail } = await conversation('run-1')
  await board.begin(diagnosisId, 'run-2')

  const stale = await fail('from the lost worker', true, 'run-1')
  const told = await fail('from the new worker', true, 'run-2')
  const late = await fail('too late', true, 'run-2')

  expect([stale.kind, told.kind, late.kind]).toEqual(['stale', 'told', 'stale'])
  expect(texts(await drained(threadId))).toEqual(['from the new worker'])
})

test('a delivery that fails is tried again, and what comes after it waits', async () => {
  const { threadId, fail } = await conversation()
  const delivered: string[] = []
  let failures = 2
  const bot = await startBot(redis.url, (post) => {
    if (failures-- > 0) return Promise.reject(new Error('slack says no'))
    delivered.push(...texts([post]))
    return Promise.resolve()
  })
  bots.push(bot)
  await fail('one')
  await fail('two')

  await posts.wake([threadId])

  await until('both are delivered', () => delivered.length >= 2)
  expect(delivered).toEqual(['one', 'two'])
})

test('a delivery that can never work is given up, and the next one goes out', async () => {
  const { threadId, fail } = await conversation()
  const delivered: string[] = []
  await fail('one')
  await fail('two')

  await drained(threadId, (post) => {
    const [text = ''] = texts([post])
    if (text === 'one') return Promise.reject(new UndeliverableError('channel is gone'))
    delivered.push(text)
    return Promise.resolve()
  })

  expect(delivered).toEqual(['two'])
})

test('two updates of a thread are never delivered at the same time, and none is lost', async () => {
  const { threadId, fail } = await conversation()
  const delivered: string[] = []
  let atOnce = 0
  let most = 0
  const bot = await startBot(redis.url, async (post) => {
    most = Math.max(most, ++atOnce)
    await new Promise((resolve) => setImmediate(resolve))
    delivered.push(...texts([post]))
    atOnce -= 1
  })
  bots.push(bot)
  const words = Array.from({ length: 50 }, (_, index) => `${index}`)

  for (const word of words) {
    await fail(word)
    await posts.wake([threadId])
  }

  await until('all are delivered', () => delivered.length >= 50)
  expect(delivered).toEqual(words)
  expect(most).toBe(1)
})

test('what was put out while no bot was there is delivered by the sweep of the next one', async () => {
  const { threadId, fail } = await conversation()
  await fail('nobody was woken for this')
  const delivered: string[] = []

  bots.push(
    await startBot(redis.url, (post) => {
      if (post.threadId === threadId) delivered.push(...texts([post]))
      return Promise.resolve()
    }),
  )

  await until('it is delivered', () => delivered.length > 0)
  expect(delivered).toEqual(['nobody was woken for this'])
})

test('a diagnosis that no worker takes says so in its thread, once', async () => {
  const threadId = newId()
  const requester = { kind: 'user', userId: 'U1' } as const
  const place = { channel: 'C1', rootTs: null, threadTs: null }
  await createThreadStore(client).open({ id: threadId, ...place, requester, via: 'root' })
  await createDiagnosisBoard(client, botKeys).join(requestFor(`web-${newId()}`, threadId), now())
  const later = new Date(Date.now() + 30_000)

  await sweepUntaken(board, posts, now())
  const early = await drained(threadId)
  await sweepUntaken(board, posts, later)
  await sweepUntaken(board, posts, later)

  expect(early).toEqual([])
  expect(texts(await drained(threadId))).toEqual([expect.stringContaining('Does the worker run?')])
})
