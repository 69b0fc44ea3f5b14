import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Proposal } from '../../src/approval/proposal.ts'
import { createProposalStore } from '../../src/approval/proposal-store.ts'
import { openAudit } from '../../src/audit/audit.ts'
import type { PressResult } from '../../src/jobs/desk.ts'
import { openRedis, type RedisClient } from '../../src/redis.ts'
import { type FakeSystemd, fakeSystemd } from '../actions/fake-systemd.ts'
import { actingParts, startActing } from '../support/acting.ts'
import { auditOptions } from '../support/audit-options.ts'
import { approver, approvers, presserOf, quiet, startBot } from '../support/bench-of-queues.ts'
import { keysDir, workerKeys } from '../support/keys.ts'
import { offeredProposal } from '../support/proposals.ts'
import { type Durability, startRedis, type TestRedis } from '../support/redis.ts'
import { until } from '../support/until.ts'

let redis: TestRedis
let client: RedisClient
let directory: string
let host: FakeSystemd
let stops: (() => Promise<void> | void)[]

async function begin(durability: Durability = 'always'): Promise<void> {
  redis = await startRedis(durability)
  client = await openRedis(redis.url, 'work', { log: quiet })
  stops.push(redis.stop, () => client.disconnect())
}

beforeEach(async () => {
  stops = []
  directory = await mkdtemp(join(tmpdir(), 'gatemedic-one-action-'))
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
  await host.remove()
  await rm(directory, { recursive: true, force: true })
})

function program(
  name: string,
  proposal: Proposal | null,
): { readonly child: ChildProcess; readonly said: () => string } {
  const env = { REDIS_URL: redis.url, AUDIT_DIR: directory, HOST_DIR: host.root, KEYS_DIR: keysDir }
  const child = spawn(process.execPath, ['--import', 'tsx', `test/support/${name}.ts`], {
    env: { ...process.env, ...env, PROPOSAL: proposal?.id ?? '' },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  let output = ''
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()))
  stops.push(() => void child.kill('SIGKILL'))
  return { child, said: () => output }
}

async function worker(writer: string): Promise<void> {
  const audit = await openAudit(directory, auditOptions({ writer }))
  const acting = startActing(client, actingParts(client, host.root, audit))
  stops.push(audit.close, acting.close)
}

async function bot() {
  const started = await startBot(redis.url, () => Promise.resolve())
  stops.push(started.stop)
  return started
}

async function endOf({ id }: Proposal): Promise<string> {
  return until(
    'the action has ended',
    async () => {
      const kind = (await createProposalStore(client, workerKeys.worker).find(id))?.proposal.state.kind
      return kind === 'succeeded' || kind === 'failed' || kind === 'refused' ? kind : null
    },
    90_000,
  )
}

const starts = async (): Promise<number> => (await host.ran()).filter((verb) => verb.startsWith('start')).length

test('100 clicks of ten people over two bot processes: exactly one action, and every click is answered', async () => {
  await begin()
  const proposal = await offeredProposal(client)
  await worker('w')
  const bots = [program('clicking-bot', proposal), program('clicking-bot', proposal)]
  await until('both bots are ready', () => bots.every(({ said }) => said().includes('ready')), 120_000)

  for (const { child } of bots) child.stdin?.write('press\n')
  await until('all have answered', () => bots.every(({ said }) => said().split('\n').length > 2), 60_000)
  await endOf(proposal)

  const heard = bots.flatMap(({ said }) => (said().split('\n')[1] ?? '').split(' '))
  expect(heard).toHaveLength(100)
  expect(heard.filter((kind) => kind === 'claimed')).toHaveLength(1)
  expect(heard.filter((kind) => kind === 'already')).toHaveLength(99)
  expect(await host.ran()).toEqual(['reset-failed checkout-api.service', 'start checkout-api.service'])
}, 240_000)

describe.each(['everysec', 'none'] as const)(
  'Redis killed within a second of the claim, appendfsync %s',
  (durability) => {
    test('before the action: one at most, whoever presses again', async () => {
      await begin(durability)
      const proposal = await offeredProposal(client)
      const { desk } = await bot()
      await desk.press(proposal.id, presserOf(approver))

      await redis.kill()
      await redis.start()
      const again = await pressAgain(desk, proposal)
      await worker('second')
      if (again !== 'unknown') await endOf(proposal)

      expect(['already', 'claimed', 'unknown']).toContain(again)
      expect(await starts()).toBe(again === 'unknown' ? 0 : 1)
    }, 240_000)

    test('after the action: what Redis has forgotten is not done again by another worker', async () => {
      await begin(durability)
      const proposal = await offeredProposal(client)
      const before = await client.hgetall(`gatemedic:proposal:${proposal.id}`)
      const { desk } = await bot()
      await worker('first')
      await desk.press(proposal.id, presserOf(approver))
      await until('it ran', async () => (await starts()) > 0, 60_000)
      await stops.pop()?.()

      await redis.kill()
      await redis.start()
      await until('redis is back', () => client.ping().catch(() => null), 30_000)
      // As if the loss had gone back to before the claim.
      await client.flushall()
      await client.hset(`gatemedic:proposal:${proposal.id}`, before)
      const again = await pressAgain(desk, proposal)
      await worker('second')
      const end = await endOf(proposal)

      expect([again, end]).toEqual(['claimed', 'refused'])
      expect(await starts()).toBe(1)
    }, 240_000)
  },
)

async function pressAgain(
  desk: { readonly press: (id: string, presser: ReturnType<typeof presserOf>) => Promise<PressResult> },
  { id }: Proposal,
): Promise<PressResult['kind']> {
  return until(
    'the click is answered',
    () =>
      desk.press(id, presserOf(approvers[1] ?? '')).then(
        ({ kind }) => kind,
        () => null,
      ),
    60_000,
  )
}

test('a worker stopped between check and run until another took over: one action, the late one refused by the host', async () => {
  await begin()
  const { desk } = await bot()
  const late = program('stopping-worker', null)
  await until('it is ready', () => late.said().includes('ready'), 120_000)
  const first = await offeredProposal(client, { host: 'web-1' })
  await desk.press(first.id, presserOf(approver))
  await until('it stops', () => late.said().includes('stopping'), 60_000)

  await worker('second')
  const settled = await endOf(first)
  const next = await offeredProposal(client, { host: 'web-1' })
  await desk.press(next.id, presserOf(approver))
  const done = await endOf(next)
  late.child.kill('SIGCONT')
  await until('the late one has asked the host', () => late.said().includes('@end'), 60_000)

  expect([settled, done]).toEqual(['failed', 'succeeded'])
  expect(late.said()).toContain('@refused changed')
  expect(await host.ran()).toEqual(['reset-failed checkout-api.service', 'start checkout-api.service'])
}, 240_000)

describe('a click that is played again', () => {
  test('after its use: nothing is done, and it hears who did', async () => {
    await begin()
    const proposal = await offeredProposal(client)
    const { desk } = await bot()
    await worker('w')
    await desk.press(proposal.id, presserOf(approver))
    await endOf(proposal)

    const again = await desk.press(proposal.id, presserOf(approver))

    expect(again).toMatchObject({ kind: 'already', by: [approver], state: 'succeeded' })
    expect(await starts()).toBe(1)
  }, 120_000)

  test('after the end of the offer: nothing is done, and it hears so', async () => {
    await begin()
    const proposal = await offeredProposal(client, { expiresAt: new Date(Date.now() - 1000).toISOString() })
    const { desk } = await bot()
    await worker('w')

    const again = await desk.press(proposal.id, presserOf(approver))

    expect(again.kind).toBe('expired')
    expect(await starts()).toBe(0)
  }, 120_000)

  test('after a restart of bot, worker and Redis: nothing is done, and it hears who did', async () => {
    await begin()
    const proposal = await offeredProposal(client)
    const before = await bot()
    await worker('first')
    await before.desk.press(proposal.id, presserOf(approver))
    await endOf(proposal)
    await stops.pop()?.()
    await redis.restart()

    const { desk } = await bot()
    await worker('second')
    const again = await pressAgain(desk, proposal)

    expect(again).toBe('already')
    expect(await starts()).toBe(1)
  }, 120_000)
})
