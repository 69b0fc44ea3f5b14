import { spawn } from 'node:child_process'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Proposal } from '../../src/approval/proposal.ts'
import { createProposalStore } from '../../src/approval/proposal-store.ts'
import { openAudit } from '../../src/audit/audit.ts'
import { verifyTogether } from '../../src/audit/verify.ts'
import { openRedis, type RedisClient } from '../../src/redis.ts'
import { type FakeSystemd, fakeSystemd } from '../actions/fake-systemd.ts'
import { actingParts, startActing } from '../support/acting.ts'
import { auditOptions } from '../support/audit-options.ts'
import { approver, createDelivered, presserOf, quiet, startBot } from '../support/bench-of-queues.ts'
import { botSteps, workerSteps } from '../support/dying.ts'
import { keysDir, workerKeys } from '../support/keys.ts'
import { offeredProposal } from '../support/proposals.ts'
import { startRedis, type TestRedis } from '../support/redis.ts'
import { until } from '../support/until.ts'

let redis: TestRedis
let client: RedisClient
let directory: string
let host: FakeSystemd
let stops: (() => Promise<void>)[] = []

beforeAll(async () => {
  redis = await startRedis()
  client = await openRedis(redis.url, 'work', { log: quiet })
})

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'gatemedic-crash-steps-'))
  host = await fakeSystemd()
  await host.set({
    InvocationID: '4f2a',
    ActiveState: 'failed',
    SubState: 'failed',
    NRestarts: '0',
    LoadState: 'loaded',
  })
  await host.on('start', 'set_ ActiveState active; set_ SubState running; set_ InvocationID 77aa')
})

afterEach(async () => {
  for (const stop of stops.toReversed()) await stop()
  stops = []
  await host.remove()
  await rm(directory, { recursive: true, force: true })
})

afterAll(async () => {
  client.disconnect()
  await redis.stop()
})

/** Runs it as a process of its own until it has ended itself with kill -9; `press`: what makes it work, once it is ready. */
async function diesAt(
  step: string,
  program: string,
  proposal: Proposal,
  press?: () => Promise<unknown>,
): Promise<void> {
  const env = { REDIS_URL: redis.url, AUDIT_DIR: directory, HOST_DIR: host.root, KEYS_DIR: keysDir }
  const child = spawn(process.execPath, ['--import', 'tsx', `test/support/${program}.ts`], {
    env: { ...process.env, ...env, DIE_AT: step, PROPOSAL: proposal.id },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  stops.push(() => Promise.resolve(void child.kill('SIGKILL')))
  const gone = new Promise((resolve) => child.once('exit', (_code, by) => resolve(by)))
  const ready = new Promise<void>((resolve) => child.stdout.once('data', () => resolve()))
  if (press) {
    await Promise.race([ready, gone])
    await press()
  }
  expect(await gone).toBe('SIGKILL')
}

async function worker(writer: string): Promise<void> {
  const audit = await openAudit(directory, auditOptions({ writer }))
  const acting = startActing(client, actingParts(client, host.root, audit))
  stops.push(audit.close, acting.close)
}

async function bot(proposal: Proposal) {
  const delivered = createDelivered()
  const started = await startBot(redis.url, delivered.deliver)
  stops.push(started.stop)
  return { ...started, ended: () => delivered.of(proposal.threadId, 'action-ended'), delivered }
}

async function endOf(proposal: Proposal): Promise<string> {
  return until(
    'the action has ended',
    async () => {
      const kind = (await createProposalStore(client, workerKeys.worker).find(proposal.id))?.proposal.state.kind
      return kind === 'succeeded' || kind === 'failed' || kind === 'refused' ? kind : null
    },
    90_000,
  )
}

async function brokenChains(): Promise<readonly unknown[]> {
  const files = (await readdir(directory))
    .filter((name) => name.endsWith('.jsonl'))
    .map((name) => join(directory, name))
  const checked = await verifyTogether(files, [workerKeys.worker])
  return checked.filter(({ verified, complaints }) => !verified.ok || complaints.length > 0)
}

test.each(workerSteps)(
  'a worker killed at "%s": one action at most, its end is told, the record holds',
  async (step) => {
    const proposal = await offeredProposal(client)
    const teller = await bot(proposal)
    await teller.openThread(proposal.threadId)

    await diesAt(step, 'dying-worker', proposal, () => teller.desk.press(proposal.id, presserOf(approver)))
    await worker('second')
    await endOf(proposal)
    await until('the end is told', () => teller.ended().length > 0, 60_000)

    const last = teller.delivered.posts.filter(({ threadId }) => threadId === proposal.threadId).at(-1)
    expect((await host.ran()).filter((verb) => verb.startsWith('start')).length).toBeLessThanOrEqual(1)
    expect(last?.update.kind).toBe('action-ended')
    expect(teller.ended()).toHaveLength(1)
    expect(await brokenChains()).toEqual([])
  },
  240_000,
)

test.each(botSteps)(
  'a bot killed at "%s": one action, its end is told by the next one',
  async (step) => {
    const proposal = await offeredProposal(client)
    await worker('only')
    const asker = await bot(proposal)
    await asker.openThread(proposal.threadId)
    await asker.stop()
    stops.splice(stops.indexOf(asker.stop), 1)

    await diesAt(step, 'dying-bot', proposal)
    const next = await bot(proposal)
    const pressed = await next.desk.press(proposal.id, presserOf(approver))
    const end = await endOf(proposal)
    await until('the end is told', () => next.ended().length > 0, 60_000)

    const last = next.delivered.posts.filter(({ threadId }) => threadId === proposal.threadId).at(-1)
    expect(pressed.kind).toBe(step === 'pressed' ? 'claimed' : 'already')
    expect(await host.ran()).toEqual(['reset-failed checkout-api.service', 'start checkout-api.service'])
    expect(end).toBe('succeeded')
    expect(last?.update.kind).toBe('action-ended')
    expect(await brokenChains()).toEqual([])
  },
  240_000,
)
