import { spawn } from 'node:child_process'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'vitest'
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

/** A Redis, a host and a folder for the audit, of one test alone: the cases mostly wait for leases to run out, side by side. */
interface Bench {
  readonly redis: TestRedis
  readonly client: RedisClient
  readonly directory: string
  readonly host: FakeSystemd
  /** What is stopped at the end, the newest first. */
  readonly stops: (() => Promise<void>)[]
}

async function setUp(onTestFinished: (end: () => Promise<void>) => void): Promise<Bench> {
  const redis = await startRedis()
  const client = await openRedis(redis.url, 'work', { log: quiet })
  const directory = await mkdtemp(join(tmpdir(), 'gatemedic-crash-steps-'))
  const host = await fakeSystemd()
  const stops: (() => Promise<void>)[] = []
  onTestFinished(async () => {
    for (const stop of stops.toReversed()) await stop()
    client.disconnect()
    await redis.stop()
    await host.remove()
    await rm(directory, { recursive: true, force: true })
  })
  await host.set({
    InvocationID: '4f2a',
    ActiveState: 'failed',
    SubState: 'failed',
    NRestarts: '0',
    LoadState: 'loaded',
  })
  await host.on('start', 'set_ ActiveState active; set_ SubState running; set_ InvocationID 77aa')
  return { redis, client, directory, host, stops }
}

/** Runs it as a process of its own until it has ended itself with kill -9; `press`: what makes it work, once it is ready. */
async function diesAt(
  step: string,
  program: string,
  proposal: Proposal,
  { redis, directory, host, stops }: Bench,
  press?: () => Promise<unknown>,
): Promise<string> {
  const env = { REDIS_URL: redis.url, AUDIT_DIR: directory, HOST_DIR: host.root, KEYS_DIR: keysDir }
  const child = spawn(process.execPath, ['--import', 'tsx', `test/support/${program}.ts`], {
    env: { ...process.env, ...env, DIE_AT: step, PROPOSAL: proposal.id },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  stops.push(() => Promise.resolve(void child.kill('SIGKILL')))
  const gone = new Promise<string>((resolve) => child.once('exit', (code, by) => resolve(by ?? `exit ${code}`)))
  const ready = new Promise<void>((resolve) => child.stdout.once('data', () => resolve()))
  if (press) {
    await Promise.race([ready, gone])
    await press()
  }
  return gone
}

async function startWorker(writer: string, { client, directory, host, stops }: Bench): Promise<void> {
  const audit = await openAudit(directory, auditOptions({ writer }))
  const acting = startActing(client, actingParts(client, host.root, audit))
  stops.push(audit.close, acting.close)
}

async function bot(proposal: Proposal, { redis, stops }: Bench) {
  const delivered = createDelivered()
  const started = await startBot(redis.url, delivered.deliver)
  stops.push(started.stop)
  return { ...started, ended: () => delivered.of(proposal.threadId, 'action-ended'), delivered }
}

async function endOf(proposal: Proposal, { client }: Bench): Promise<string> {
  return until(
    'the action has ended',
    async () => {
      const kind = (await createProposalStore(client, workerKeys.worker).find(proposal.id))?.proposal.state.kind
      return kind === 'succeeded' || kind === 'failed' || kind === 'refused' ? kind : null
    },
    90_000,
  )
}

async function brokenChains({ directory }: Bench): Promise<readonly unknown[]> {
  const files = (await readdir(directory))
    .filter((name) => name.endsWith('.jsonl'))
    .map((name) => join(directory, name))
  const checked = await verifyTogether(files, [workerKeys.worker])
  return checked.filter(({ verified, complaints }) => !verified.ok || complaints.length > 0)
}

test.concurrent.for(workerSteps)(
  'a worker killed at "%s": one action at most, its end is told, the record holds',
  { timeout: 240_000 },
  async (step, { expect, onTestFinished }) => {
    const bench = await setUp(onTestFinished)
    const proposal = await offeredProposal(bench.client)
    const teller = await bot(proposal, bench)
    await teller.openThread(proposal.threadId)

    const died = await diesAt(step, 'dying-worker', proposal, bench, () =>
      teller.desk.press(proposal.id, presserOf(approver)),
    )
    await startWorker('second', bench)
    await endOf(proposal, bench)
    await until('the end is told', () => teller.ended().length > 0, 60_000)

    const last = teller.delivered.posts.filter(({ threadId }) => threadId === proposal.threadId).at(-1)
    expect(died).toBe('SIGKILL')
    expect((await bench.host.ran()).filter((verb) => verb.startsWith('start')).length).toBeLessThanOrEqual(1)
    expect(last?.update.kind).toBe('action-ended')
    expect(teller.ended()).toHaveLength(1)
    expect(await brokenChains(bench)).toEqual([])
  },
)

test.concurrent.for(botSteps)(
  'a bot killed at "%s": one action, its end is told by the next one',
  { timeout: 240_000 },
  async (step, { expect, onTestFinished }) => {
    const bench = await setUp(onTestFinished)
    const proposal = await offeredProposal(bench.client)
    await startWorker('only', bench)
    const asker = await bot(proposal, bench)
    await asker.openThread(proposal.threadId)
    await asker.stop()
    bench.stops.splice(bench.stops.indexOf(asker.stop), 1)

    const died = await diesAt(step, 'dying-bot', proposal, bench)
    const next = await bot(proposal, bench)
    const pressed = await next.desk.press(proposal.id, presserOf(approver))
    const end = await endOf(proposal, bench)
    await until('the end is told', () => next.ended().length > 0, 60_000)

    const last = next.delivered.posts.filter(({ threadId }) => threadId === proposal.threadId).at(-1)
    expect(died).toBe('SIGKILL')
    expect(pressed.kind).toBe(step === 'pressed' ? 'claimed' : 'already')
    expect(await bench.host.ran()).toEqual(['reset-failed checkout-api.service', 'start checkout-api.service'])
    expect(end).toBe('succeeded')
    expect(last?.update.kind).toBe('action-ended')
    expect(await brokenChains(bench)).toEqual([])
  },
)
