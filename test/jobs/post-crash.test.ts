import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDelivered, guards, newId, requestFor, startBot, startDiagnosing } from '../support/bench-of-queues.ts'
import { backendDown } from '../support/diagnosis.ts'
import { startRedis, type TestRedis } from '../support/redis.ts'
import { until } from '../support/until.ts'
import { keysDir } from '../support/keys.ts'

let redis: TestRedis
let folder: string

beforeAll(async () => {
  redis = await startRedis()
  folder = await mkdtemp(join(tmpdir(), 'gatemedic-post-crash-'))
})

afterAll(async () => {
  await redis.stop()
  await rm(folder, { recursive: true, force: true })
})

test('a bot killed in the middle of a delivery: the next one delivers it, and what came after it, in order', async () => {
  const seen = join(folder, 'seen')
  const env = { ...process.env, REDIS_URL: redis.url, SEEN_FILE: seen, KEYS_DIR: keysDir }
  const child = spawn(process.execPath, ['--import', 'tsx', 'test/support/post-worker.ts'], { env, stdio: 'inherit' })
  const gone = new Promise((resolve) => child.once('exit', resolve))
  const worker = await startDiagnosing(redis.url, async (ask, run) => {
    run.onProgress({ host: ask.host, step: 'asking', detail: '1 of 18 answers' })
    await until('the first bot hangs', async () => (await readFile(seen, 'utf8').catch(() => '')).length > 0, 60_000)
    return { diagnosis: backendDown({ host: ask.host }), guards }
  })
  const delivered = createDelivered()
  const asker = await startBot(redis.url, () => Promise.reject(new Error('this one only asks')))
  const thread = newId()

  await asker.openThread(thread)
  await asker.stop()
  await worker.askOnly(requestFor('web-1', thread))
  await until(
    'the first bot hangs',
    async () => (await readFile(seen, 'utf8').catch(() => '')).includes(thread),
    60_000,
  )
  child.kill('SIGKILL')
  await gone
  const second = await startBot(redis.url, delivered.deliver)
  await until('the result is delivered', () => delivered.of(thread, 'diagnosis').length > 0, 60_000)
  await second.stop()
  await worker.stop()

  const revisions = delivered.posts.filter((post) => post.threadId === thread).map((post) => post.revision)
  expect(revisions).toEqual(revisions.toSorted((a, b) => a - b))
  expect(delivered.posts.at(-1)?.update.kind).toBe('diagnosis')
}, 150_000)
