import { generateKeyPairSync } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Queue } from 'bullmq'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { hashOf, signApproval } from '../../src/approval/approval.ts'
import type { Press } from '../../src/approval/policy/decide.ts'
import type { Proposal } from '../../src/approval/proposal.ts'
import { createProposalMaker, createProposalStore } from '../../src/approval/proposal-store.ts'
import { type Audit, openAudit } from '../../src/audit/audit.ts'
import { verify } from '../../src/audit/verify.ts'
import { act } from '../../src/jobs/act-job.ts'
import type { ActParts } from '../../src/jobs/act-parts.ts'
import { createDiagnosisBoard } from '../../src/jobs/diagnosis-board.ts'
import { drain } from '../../src/jobs/drain.ts'
import type { Examine } from '../../src/jobs/examination.ts'
import { createOutbox } from '../../src/jobs/outbox.ts'
import type { Post } from '../../src/jobs/post.ts'
import { createActQueue, startActWorker } from '../../src/jobs/queue-act.ts'
import { createNoteRefusal } from '../../src/jobs/refusals.ts'
import { createActionSweep } from '../../src/jobs/settle.ts'
import { createThreadStore } from '../../src/jobs/thread-store.ts'
import { openRedis, type RedisClient } from '../../src/redis.ts'
import { makeKeys, readKeys, rotateKeys } from '../../src/signing/key-files.ts'
import { createSigner, readSigned, type Signer } from '../../src/signing/signed.ts'
import { type FakeSystemd, fakeSystemd } from '../actions/fake-systemd.ts'
import { actingParts } from '../support/acting.ts'
import { auditOptions } from '../support/audit-options.ts'
import {
  approver,
  newId,
  now,
  presserOf,
  quiet,
  requestFor,
  startBot,
  startDiagnosing,
} from '../support/bench-of-queues.ts'
import { backendDown, healthy } from '../support/diagnosis.ts'
import { botKeys, workerKeys } from '../support/keys.ts'
import { claimedProposal, offeredProposal, saidTo } from '../support/proposals.ts'
import { startRedis, type TestRedis } from '../support/redis.ts'
import { until } from '../support/until.ts'

/** What somebody can do who reads and writes Redis and holds neither side's private key. Each is refused, nothing runs, and the record says so. */

let redis: TestRedis
let client: RedisClient
let host: FakeSystemd
let directory: string
let audit: Audit
let parts: ActParts

beforeAll(async () => {
  redis = await startRedis()
  client = await openRedis(redis.url, 'work', { log: quiet })
})

afterAll(async () => {
  client.disconnect()
  await redis.stop()
})

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'gatemedic-forged-'))
  audit = await openAudit(directory, auditOptions())
  host = await fakeSystemd()
  await host.set({
    InvocationID: '4f2a',
    ActiveState: 'failed',
    SubState: 'failed',
    NRestarts: '0',
    LoadState: 'loaded',
  })
  await host.on('start', 'set_ ActiveState active; set_ SubState running; set_ InvocationID 77aa')
  parts = { ...actingParts(client, host.root, audit), note: createNoteRefusal(audit, quiet, now) }
})

afterEach(async () => {
  await audit.close()
  await host.remove()
  await rm(directory, { recursive: true, force: true })
})

const stranger: Signer = createSigner(
  generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
)
const keyOf = ({ id }: Proposal): string => `gatemedic:proposal:${id}`

async function turnedAway(): Promise<string[]> {
  expect(await verify(audit.file)).toMatchObject({ ok: true })
  const text = await readFile(audit.file, 'utf8')
  return [...text.matchAll(/"step":"turned-away","what":"(?<what>[a-z]+)".*?"because":"(?<why>[^"]*)"/g)].map(
    ({ groups }) => `${groups?.['what']}: ${groups?.['why']}`,
  )
}

function pressBy(by: string, at = now().toISOString()): Press {
  return { by, at, groups: [], channel: 'C1', how: 'click', reason: null, secondFactor: false }
}

/** Puts a claim into Redis as the bot would, with an approval of the test's own making. */
async function claimWith(
  proposal: Proposal,
  {
    signer = botKeys.signer,
    change = {},
    seconds = 0,
  }: { signer?: Signer; change?: Partial<Proposal>; seconds?: number },
  hash?: string,
): Promise<void> {
  const found = await createProposalStore(client, workerKeys.worker).find(proposal.id)
  if (!found) throw new Error('no such proposal')
  const shown = { proposal: { ...found.proposal, ...change }, hash: hash ?? found.hash }
  const at = new Date(Date.now() + seconds * 1000).toISOString()
  const approval = signApproval(signer, shown, [pressBy(approver)], at)
  const state = { kind: 'claimed', by: [approver], at: now().toISOString(), approval }
  await client.hset(keyOf(proposal), 'state', JSON.stringify(state))
}

describe('an act job', () => {
  test('for a proposal that nobody approved', async () => {
    const proposal = await offeredProposal(client)

    await act(proposal.id, parts)

    expect(await host.ran()).toEqual([])
    expect(await turnedAway()).toEqual(['job: a job to act for a proposal that nobody has approved'])
  })

  test('for a proposal that was never made', async () => {
    await act(newId(), parts)

    expect(await turnedAway()).toEqual(['job: a job to act for a proposal that does not exist'])
  })

  test('played again to the same worker when all is done', async () => {
    const proposal = await claimedProposal(client)
    await act(proposal.id, parts)

    await act(proposal.id, parts)

    expect(await host.ran()).toEqual(['reset-failed checkout-api.service', 'start checkout-api.service'])
    expect(await turnedAway()).toEqual(['job: a job to act for a proposal that was dealt with before (succeeded)'])
  })

  test('played again to the same worker with the state from before', async () => {
    const proposal = await claimedProposal(client)
    const state = (await client.hget(keyOf(proposal), 'state')) ?? ''
    await act(proposal.id, parts)
    await client.hset(keyOf(proposal), 'state', state)

    await act(proposal.id, parts)

    expect(await host.ran()).toEqual(['reset-failed checkout-api.service', 'start checkout-api.service'])
    expect(await turnedAway()).toEqual(['approval: the audit says that this approval was used before'])
  })

  test('played again to another worker with the state from before: the host itself refuses', async () => {
    const proposal = await claimedProposal(client)
    const state = (await client.hget(keyOf(proposal), 'state')) ?? ''
    const other = await openAudit(directory, auditOptions({ writer: 'other' }))
    await act(proposal.id, { ...parts, audit: other })
    await client.hset(keyOf(proposal), 'state', state)

    await act(proposal.id, parts)

    expect(await host.ran()).toEqual(['reset-failed checkout-api.service', 'start checkout-api.service'])
    expect(await readFile(audit.file, 'utf8')).toMatch(/"step":"ran","result":"changed".*\n.*"outcome":"refused"/)
    await other.close()
  })

  test.each([
    ['an address', { address: '203.0.113.9' }],
    ['a unit', { target: 'sshd.service' }],
    ['a command', { argv: ['rm', '-rf', '/'] }],
  ])(
    'that brings %s',
    async (_what, injected) => {
      const proposal = await claimedProposal(client)
      const queue = new Queue('act', { connection: client })
      const asked: string[] = []
      const work = (id: string): Promise<void> => Promise.resolve(void asked.push(id))
      await queue.add('act', { proposalId: proposal.id, ...injected })

      const worker = startActWorker(client, work, { log: quiet, note: parts.note, concurrency: 1 })
      await until('it is refused', async () => (await turnedAway()).length > 0, 60_000)
      await worker.close()
      await queue.close()

      expect(asked).toEqual([])
      expect(await turnedAway()).toEqual([
        expect.stringContaining('job: a job to act that says more than which proposal'),
      ])
    },
    90_000,
  )
})

async function alter(proposal: Proposal, change: (text: string) => string): Promise<void> {
  const signed = readSigned((await client.hget(keyOf(proposal), 'proposal')) ?? '')
  await client.hset(keyOf(proposal), 'proposal', JSON.stringify({ ...signed, text: change(signed.text) }))
}

describe('a proposal', () => {
  test.each([
    ['unit', 'checkout-api.service', 'sshd.service'],
    ['guard', 'unit 4f2a down 0', 'unit 9999 down 0'],
    ['host', '"host":"web-', '"host":"db-'],
    ['requester', '"requester":null', '"requester":"U0OTHER00"'],
  ])('whose %s was changed', async (_what, from, to) => {
    const proposal = await claimedProposal(client)
    await alter(proposal, (text) => text.replaceAll(from, to))

    await act(proposal.id, parts)

    expect(await host.ran()).toEqual([])
    expect(await turnedAway()).toEqual([expect.stringContaining('proposal: it does not come from a worker')])
  })

  test('signed by another key', async () => {
    const proposal = await offeredProposal(client)
    await createProposalMaker(client, workerKeys.worker, stranger).save(proposal, now())

    await act(proposal.id, parts)

    expect(await turnedAway()).toEqual([expect.stringMatching(/^proposal: .*unknown key/)])
  })

  test('put in the place of another one', async () => {
    const [shown, wanted] = [await offeredProposal(client), await claimedProposal(client)]
    await client.hset(keyOf(wanted), 'proposal', (await client.hget(keyOf(shown), 'proposal')) ?? '')

    await act(wanted.id, parts)

    expect(await turnedAway()).toEqual([expect.stringContaining('proposal: it is another proposal')])
  })

  test('that was changed cannot be pressed', async () => {
    const bot = await startBot(redis.url, () => Promise.resolve())
    const proposal = await offeredProposal(client)
    await alter(proposal, (text) => text.replace('checkout-api', 'sshd'))

    const result = await bot.desk.press(proposal.id, presserOf(approver))

    expect(result).toEqual({ kind: 'forged' })
    await bot.stop()
  })
})

describe('an approval', () => {
  test.each<[string, Parameters<typeof claimWith>[1], string | undefined, RegExp]>([
    ['signed by another key', { signer: stranger }, undefined, /does not come from the bot: .*unknown key/],
    ['signed by a worker', { signer: workerKeys.signer }, undefined, /does not come from the bot/],
    ['for another proposal', {}, hashOf('another'), /is for another proposal/],
    ['that is too old', { seconds: -61 }, undefined, /holds only 60 s/],
    ['from the future', { seconds: 60 }, undefined, /in the future/],
    ['with another guard', { change: { guard: 'unit 77aa down 0' } }, undefined, /names another action/],
    ['for another host', { change: { host: 'web-other' } }, undefined, /names another action/],
    ['for another unit', { change: { target: 'sshd.service' } }, undefined, /names another action/],
  ])('%s', async (_what, forged, hash, why) => {
    const proposal = await offeredProposal(client)
    await claimWith(proposal, forged, hash)

    await act(proposal.id, parts)

    expect(await host.ran()).toEqual([])
    expect(await turnedAway()).toEqual([expect.stringMatching(why)])
    expect((await saidTo(client, proposal)).at(-1)).toMatchObject({ outcome: { kind: 'refused' } })
  })

  test('that was made right, for comparison, is acted on', async () => {
    const proposal = await offeredProposal(client)
    await claimWith(proposal, {})

    await act(proposal.id, parts)

    expect(await host.ran()).toEqual(['reset-failed checkout-api.service', 'start checkout-api.service'])
    expect(await turnedAway()).toEqual([])
  })
})

async function delivered(kind: string, signer: Signer, what: unknown): Promise<Post[]> {
  const posts: Post[] = []
  const threads = createThreadStore(client)
  const threadId = newId()
  const requester = { kind: 'user', userId: 'U0DANA001' } as const
  await threads.open({ id: threadId, channel: 'C1', rootTs: null, threadTs: null, requester, via: 'root' })
  const signed = signer.sign('update', JSON.stringify(what))
  await client.rpush(`gatemedic:outbox:${threadId}`, `1\n${kind}\n${JSON.stringify(signed)}`)
  const deliver = (post: Post): Promise<void> => Promise.resolve(void posts.push(post))
  await drain(threadId, { outbox: createOutbox(client, botKeys), threads, deliver, note: parts.note, log: quiet })
  return posts
}

describe('an action that is said to run', () => {
  test('and that nobody approved is not settled in anybody’s name', async () => {
    const proposal = await offeredProposal(client)
    const approval = stranger.sign('approval', '{}')
    const state = { kind: 'running', by: ['U0BOSS0001'], at: now().toISOString(), approval }
    await client.hset(keyOf(proposal), 'state', JSON.stringify(state))
    await client.sadd('gatemedic:proposals:pending', proposal.id)
    const queue = createActQueue(client, quiet)

    await createActionSweep({ client, queue, parts, graceMs: 0 })()

    expect(await turnedAway()).toEqual([expect.stringMatching(/^approval: it is said to run, and .*unknown key/)])
    expect(await saidTo(client, proposal)).toEqual([])
    expect(await readFile(audit.file, 'utf8')).not.toContain('U0BOSS0001')
    expect(await createProposalStore(client, workerKeys.worker).pending()).not.toContain(proposal.id)
    await queue.close()
  })
})

describe('an update in an outbox', () => {
  test('with a button, by somebody without a key', async () => {
    const proposal = await offeredProposal(client)
    const update = { kind: 'diagnosis', diagnosis: backendDown(), proposal }

    expect(await delivered('diagnosis', stranger, update)).toEqual([])
    expect(await turnedAway()).toEqual([expect.stringMatching(/^update: .*unknown key/)])
  })

  test('with a button, by the bot, which has none to offer', async () => {
    const proposal = await offeredProposal(client)
    const update = { kind: 'diagnosis', diagnosis: backendDown(), proposal }

    expect(await delivered('diagnosis', botKeys.signer, update)).toEqual([])
    expect(await delivered('progress', botKeys.signer, update)).toEqual([])
    expect(await turnedAway()).toHaveLength(2)
  })

  test('of the worker, for comparison, is delivered', async () => {
    const update = { kind: 'diagnosis', diagnosis: healthy(), proposal: null }

    expect(await delivered('diagnosis', workerKeys.signer, update)).toHaveLength(1)
  })
})

describe('a request', () => {
  test('with another requester than the bot has signed is not examined', async () => {
    const board = createDiagnosisBoard(client, botKeys)
    const request = requestFor(`web-${newId()}`, newId())
    const signed = botKeys.signer.sign('request', JSON.stringify(request))
    const text = signed.text.replace(/"userId":"[^"]*"/, '"userId":"U0OTHER00"')
    await board.join(request, now())
    await client.hset(`gatemedic:diagnosis:${request.id}`, 'request', JSON.stringify({ ...signed, text }))

    const asked: string[] = []
    const examine: Examine = ({ host: name }) => {
      asked.push(name)
      return Promise.resolve({ diagnosis: healthy(), guards: new Map() })
    }
    const worker = await startDiagnosing(redis.url, examine, quiet, parts.note)
    await until('it is dropped', async () => !(await board.open()).includes(request.id), 60_000)
    await worker.stop()

    expect(asked).not.toContain(request.host)
    expect(await turnedAway()).toEqual(['request: no bot has signed the request'])
    await expect(createDiagnosisBoard(client, workerKeys).requestOf(request.id)).resolves.toBeNull()
  }, 90_000)
})

describe('keys that were changed', () => {
  test('an approval by the former key of the bot holds, one by the key before it does not', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'gatemedic-rotated-'))
    await makeKeys(dir)
    const oldest = (await readKeys(dir, 'bot')).signer
    await rotateKeys(dir, 'bot')
    const former = (await readKeys(dir, 'bot')).signer
    await rotateKeys(dir, 'bot')
    const { bot } = await readKeys(dir, 'worker')
    const [byFormer, byOldest] = [await offeredProposal(client), await offeredProposal(client)]
    await claimWith(byFormer, { signer: former })
    await claimWith(byOldest, { signer: oldest })

    await act(byOldest.id, { ...parts, bot })
    await act(byFormer.id, { ...parts, bot })

    expect(await host.ran()).toEqual(['reset-failed checkout-api.service', 'start checkout-api.service'])
    expect(await turnedAway()).toEqual([expect.stringMatching(/^approval: .*unknown key/)])
    await rm(dir, { recursive: true, force: true })
  })
})
