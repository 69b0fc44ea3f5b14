import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { createProposalStore } from '../../src/approval/proposal-store.ts'
import { createActQueue } from '../../src/jobs/queue-act.ts'
import { openRedis, type RedisClient } from '../../src/redis.ts'
import { quiet } from '../support/bench-of-queues.ts'
import { claimedProposal, saidTo } from '../support/proposals.ts'
import { startRedis, type TestRedis } from '../support/redis.ts'
import { until } from '../support/until.ts'
import { keysDir, workerKeys } from '../support/keys.ts'

let redis: TestRedis
let client: RedisClient
let folder: string
const children: ChildProcess[] = []

beforeAll(async () => {
  redis = await startRedis()
  client = await openRedis(redis.url, 'work', { log: quiet })
  folder = await mkdtemp(join(tmpdir(), 'gatemedic-crash-'))
})

afterEach(async () => {
  for (const child of children.splice(0)) await kill(child)
})

afterAll(async () => {
  client.disconnect()
  await redis.stop()
  await rm(folder, { recursive: true, force: true })
})

function startWorker(writer: string): ChildProcess {
  const env = {
    ...process.env,
    REDIS_URL: redis.url,
    AUDIT_DIR: folder,
    RAN_FILE: join(folder, 'ran'),
    WRITER: writer,
    KEYS_DIR: keysDir,
  }
  const child = spawn(process.execPath, ['--import', 'tsx', 'test/support/act-worker.ts'], { env, stdio: 'inherit' })
  children.push(child)
  return child
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGKILL')
  await gone
}

async function ran(): Promise<string[]> {
  const text = await readFile(join(folder, 'ran'), 'utf8').catch(() => '')
  return text.split('\n').filter(Boolean)
}

test('a worker killed in the middle of an action: one action at most, and the thread hears how it ended', async () => {
  const proposal = await claimedProposal(client)
  const queue = createActQueue(client, quiet)
  const first = startWorker('first')
  await queue.ensure(proposal.id)
  await until('the action runs', async () => (await ran()).length > 0, 60_000)

  await kill(first)
  startWorker('second')
  const state = await until(
    'the action is settled',
    async () => {
      const found = await createProposalStore(client, workerKeys.worker).find(proposal.id)
      const standing = found?.proposal.state
      return standing?.kind === 'failed' ? standing : null
    },
    60_000,
  )
  await queue.close()

  const kinds = (await saidTo(client, proposal)).map((update) => update.kind)
  expect(await ran()).toEqual([proposal.host])
  expect(kinds).toEqual(['action-started', 'action-ended'])
  expect(state.kind === 'failed' && state.detail).toContain('it is not known whether it ran')
  expect(await readFile(join(folder, 'second.jsonl'), 'utf8')).toContain('"step":"settled","outcome":"not-checked"')
}, 150_000)
