import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { actionOf } from '../../src/actions/index.ts'
import { type ActPermission, refusalOf } from '../../src/actions/permission.ts'
import { approversOnly } from '../../src/approval/policy/approvers-only.ts'
import type { Policy } from '../../src/approval/policy/policy.ts'
import type { Proposal } from '../../src/approval/proposal.ts'
import { createProposalStore } from '../../src/approval/proposal-store.ts'
import { type Audit, openAudit } from '../../src/audit/audit.ts'
import { verify } from '../../src/audit/verify.ts'
import { createFleetRunReader } from '../../src/approval/fleet-run-store.ts'
import { createHistory } from '../../src/history/store.ts'
import { act } from '../../src/jobs/act-job.ts'
import { type ActParts, NotReachedError } from '../../src/jobs/act-parts.ts'
import { createActingSign } from '../../src/jobs/acting-sign.ts'
import { createDiagnosisBoard } from '../../src/jobs/diagnosis-board.ts'
import type { Examination } from '../../src/jobs/examination.ts'
import type { ThreadUpdate } from '../../src/jobs/post.ts'
import { createActQueue } from '../../src/jobs/queue-act.ts'
import { createActionSweep } from '../../src/jobs/settle.ts'
import { openRedis, type RedisClient } from '../../src/redis.ts'
import { type FakeSystemd, fakeSystemd } from '../actions/fake-systemd.ts'
import { auditOptions } from '../support/audit-options.ts'
import { approver, hostOf, noLimits, note, now, policy, quiet } from '../support/bench-of-queues.ts'
import { backendDown, healthy, undetermined } from '../support/diagnosis.ts'
import { claimedProposal, saidTo } from '../support/proposals.ts'
import { policyWith } from '../support/policies.ts'
import { startRedis, type TestRedis } from '../support/redis.ts'
import { workerKeys } from '../support/keys.ts'

let redis: TestRedis
let client: RedisClient
let host: FakeSystemd
let directory: string
let audit: Audit
let after: Examination[]
const unit = 'checkout-api.service'
const permission: ActPermission = { user: 'medic-act', units: [unit], nginx: true }

beforeAll(async () => {
  redis = await startRedis()
  client = await openRedis(redis.url, 'work', { log: quiet })
})

afterAll(async () => {
  client.disconnect()
  await redis.stop()
})

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'gatemedic-act-job-'))
  audit = await openAudit(directory, auditOptions())
  host = await fakeSystemd()
  await host.set({
    InvocationID: '4f2a',
    ActiveState: 'inactive',
    SubState: 'dead',
    NRestarts: '0',
    LoadState: 'loaded',
  })
  await host.on('start', 'set_ ActiveState active; set_ SubState running; set_ InvocationID 77aa')
  after = [{ diagnosis: healthy(), guards: new Map() }]
})

afterEach(async () => {
  await audit.close()
  await host.remove()
  await rm(directory, { recursive: true, force: true })
})

function parts(overrides: Partial<ActParts> = {}): ActParts {
  return {
    proposals: createProposalStore(client, workerKeys.worker),
    board: createDiagnosisBoard(client, workerKeys),
    history: createHistory({ client, ...workerKeys, days: 90, now }),
    runs: createFleetRunReader(client, workerKeys.bot),
    posts: { wake: () => Promise.resolve() },
    watches: { ensure: () => Promise.resolve() },
    audit,
    examine: () =>
      Promise.resolve(
        (after.length > 1 ? after.shift() : after[0]) ?? { diagnosis: undetermined(), guards: new Map() },
      ),
    checkLimits: noLimits,
    runAsActUser: async (_host, _script, args) => ({ stdout: await host.act(args) }),
    actionOf,
    refusalOf: (name, action, target) => refusalOf(name, permission, action, target),
    policy,
    hostOf,
    bot: workerKeys.bot,
    note,
    redact: (text) => text.replaceAll('hunter2', '[secret]'),
    log: quiet,
    now,
    showActing: createActingSign(client, quiet),
    againAfterMs: 1,
    ...overrides,
  }
}

const claimed = (overrides: Partial<Proposal> = {}): Promise<Proposal> => claimedProposal(client, overrides)
const said = (proposal: Proposal): Promise<ThreadUpdate[]> => saidTo(client, proposal)

async function steps(): Promise<string[]> {
  const lines = (await readFile(audit.file, 'utf8')).split('\n').filter(Boolean)
  return lines.map((line) => /"step":"(?<step>\w+)"/.exec(line)?.groups?.['step'] ?? '')
}

test('a claimed action runs, is verified, is in the audit, and the thread hears it', async () => {
  const proposal = await claimed()

  await act(proposal.id, parts())

  const [started, ended] = await said(proposal)
  expect(await host.ran()).toEqual([`start ${unit}`])
  expect(started?.kind).toBe('action-started')
  expect(ended).toMatchObject({
    kind: 'action-ended',
    outcome: { kind: 'resolved' },
    proposal: { state: { kind: 'succeeded' } },
  })
  expect(await steps()).toEqual(['started', 'ran', 'ended'])
  expect(await verify(audit.file)).toMatchObject({ ok: true })
})

test('what is frozen while its limits are looked at does not run any more', async () => {
  const everywhere = { all: true, names: [], groups: [], labels: {} }
  let freezes: Policy['freezes'] = []
  const checkLimits: ActParts['checkLimits'] = (approved) => {
    freezes = [{ hosts: everywhere, from: 0, until: Infinity, because: 'the database moves' }]
    return noLimits(approved)
  }
  const proposal = await claimed({ action: 'restart-unit', argv: ['systemctl', 'restart', unit] })

  await act(proposal.id, parts({ checkLimits, policy: () => ({ ...policy(), freezes }) }))

  expect(await host.ran()).toEqual([])
  expect((await said(proposal)).at(-1)).toMatchObject({
    outcome: { kind: 'refused', detail: expect.stringContaining('changes are frozen: the database moves') },
    proposal: { state: { kind: 'refused' } },
  })
})

test('an action that ran and did not help is told as still failing', async () => {
  after = [{ diagnosis: backendDown(), guards: new Map() }]
  const proposal = await claimed()

  await act(proposal.id, parts())

  expect((await said(proposal)).at(-1)).toMatchObject({ outcome: { kind: 'still-failing' } })
})

test('an application that needs a moment to start is looked at again before the verdict', async () => {
  after = [
    { diagnosis: backendDown(), guards: new Map() },
    { diagnosis: healthy(), guards: new Map() },
  ]
  const proposal = await claimed()

  await act(proposal.id, parts())

  expect((await said(proposal)).at(-1)).toMatchObject({ outcome: { kind: 'resolved' } })
})

test('a host that cannot be judged afterwards is told as not checked', async () => {
  after = [{ diagnosis: undetermined(), guards: new Map() }]
  const proposal = await claimed()

  await act(proposal.id, parts())

  expect((await said(proposal)).at(-1)).toMatchObject({ outcome: { kind: 'not-checked' } })
})

test('an engine that fails afterwards is told as not checked, not as silence', async () => {
  const proposal = await claimed()

  await act(proposal.id, parts({ examine: () => Promise.reject(new Error('a bug')) }))

  expect((await said(proposal)).at(-1)).toMatchObject({ kind: 'action-ended', outcome: { kind: 'not-checked' } })
})

test('a changed host is left alone, and the thread hears what changed', async () => {
  await host.set({ InvocationID: '9999', ActiveState: 'active', SubState: 'running' })
  const proposal = await claimed()

  await act(proposal.id, parts())

  expect(await host.ran()).toEqual([])
  expect((await said(proposal)).at(-1)).toMatchObject({
    outcome: { kind: 'refused', detail: expect.stringContaining(`somebody started ${unit} meanwhile`) },
  })
})

test.each<[string, Partial<Proposal>, Partial<ActParts>, RegExp]>([
  ['is not in act.units', { target: 'other.service', argv: ['systemctl', 'start', 'other.service'] }, {}, /act\.units/],
  ['has another command than its action', { argv: ['rm', '-rf', '/'] }, {}, /is not the command/],
  ['was approved too long ago', {}, { now: () => new Date(Date.now() + 90_000) }, /holds only 60 s/],
  [
    'would load changes of others, which its policy refuses',
    {
      action: 'reload-nginx',
      target: 'nginx.service',
      argv: ['systemctl', 'reload', 'nginx.service'],
      guard: 'nginx 412:1893 - 414:1895',
      alsoLoads: null,
    },
    { policy: () => policyWith([approver], { othersEdits: 'refuse' }) },
    /does not allow to bring changes of others into force here/,
  ],
  [
    'was decided by another policy file than the worker has',
    {},
    { policy: () => ({ ...approversOnly([approver]), source: 'policy.yml', hash: 'ab12'.repeat(16) }) },
    /bot and worker read different policy files \(policy\.yml of the worker: ab12ab12ab12, the bot's: none\)/,
  ],
  ['was approved by somebody the worker does not know', {}, { policy: () => approversOnly([]) }, /approver/],
])('nothing runs when the proposal %s', async (_what, overrides, with_, reason) => {
  const proposal = await claimed(overrides)

  await act(proposal.id, parts(with_))

  const end = (await said(proposal)).at(-1)
  expect(await host.ran()).toEqual([])
  expect(end).toMatchObject({ outcome: { kind: 'refused', detail: expect.stringMatching(reason) } })
})

test('a host that was not reached as the act user is told as such, and nothing as lost in the middle', async () => {
  const proposal = await claimed()

  await act(
    proposal.id,
    parts({ runAsActUser: () => Promise.reject(new NotReachedError('web-1 shows another host key')) }),
  )

  expect((await said(proposal)).at(-1)).toMatchObject({
    outcome: {
      kind: 'refused',
      detail: expect.stringContaining('not reached as the act user: web-1 shows another host key'),
    },
  })
})

test('a reload that nginx itself refuses is told as that, with its line, and not as an action that failed', async () => {
  const reload = ['systemctl', 'reload', 'nginx.service']
  const guard = 'nginx 412:1893 - 414:1895'
  const proposal = await claimed({
    action: 'reload-nginx',
    target: 'nginx.service',
    argv: reload,
    guard,
    alsoLoads: [],
  })
  const emerg = '2026/11/21 03:09:00 [emerg] 412#412: bind() to 0.0.0.0:8099 failed (98: Address already in use)'
  const stdout = `@before ${guard}\n@acting x\n@ran 0\n! ${emerg}\n@after ${guard}\n@state active (running)\n@settled no\n@end done\n`

  await act(proposal.id, parts({ runAsActUser: () => Promise.resolve({ stdout }) }))

  expect((await said(proposal)).at(-1)).toMatchObject({
    outcome: {
      kind: 'refused-by-nginx',
      detail: expect.stringMatching(
        /^\[emerg\] bind\(\) to 0\.0\.0\.0:8099 failed .* It goes on with the configuration of before/,
      ),
    },
  })
  expect(await readFile(audit.file, 'utf8')).toContain('"step":"ended","outcome":"refused-by-nginx"')
})

test('a limit that was reached refuses before anything is begun, and what was taken for the action is given back after it', async () => {
  const [limited, free] = [await claimed(), await claimed()]
  const given: string[] = []
  const release = (): Promise<void> => Promise.resolve(void given.push('released'))

  await act(limited.id, parts({ checkLimits: () => Promise.resolve({ ok: false, because: 'restarted 3 times' }) }))
  await act(free.id, parts({ checkLimits: () => Promise.resolve({ ok: true, release }) }))

  const [refused, ...more] = await said(limited)
  expect([refused, more]).toMatchObject([
    { outcome: { kind: 'refused', detail: 'Nothing was run: restarted 3 times.' } },
    [],
  ])
  expect(await host.ran()).toEqual([`start ${unit}`])
  expect(given).toEqual(['released'])
})

test('nothing runs when the audit record cannot be written', async () => {
  const proposal = await claimed()
  await audit.close()

  await act(proposal.id, parts())

  expect(await host.ran()).toEqual([])
  expect((await said(proposal)).at(-1)).toMatchObject({ outcome: { kind: 'refused' } })
  audit = await openAudit(directory, auditOptions())
})

test('a secret in the words of a failing command does not leave the worker', async () => {
  await host.on('start', 'echo "bad password hunter2"; exit 1')
  const proposal = await claimed()

  await act(proposal.id, parts())

  const text = JSON.stringify(await said(proposal)) + (await readFile(audit.file, 'utf8'))
  expect(text).toContain('bad password [secret]')
  expect(text).not.toContain('hunter2')
})

test('an action whose worker was lost is settled by asking the host, told once, and never run again', async () => {
  const proposal = await claimed()
  const board = createDiagnosisBoard(client, workerKeys)
  let calls = 0
  const closeJoining = (name: string): Promise<void> =>
    ++calls === 1 ? board.closeJoining(name) : Promise.reject(new Error('killed'))
  const lost = parts({ runAsActUser: () => Promise.reject(new Error('lost')), board: { ...board, closeJoining } })
  await expect(act(proposal.id, lost)).rejects.toThrow('killed')
  await said(proposal)
  const queue = createActQueue(client, quiet)
  after = [
    { diagnosis: backendDown({ host: proposal.host }), guards: new Map([[`start-unit ${unit}`, proposal.guard]]) },
  ]
  const sweep = createActionSweep({ client, queue, parts: parts(), graceMs: 0 })

  await sweep()
  await sweep()

  expect(await said(proposal)).toMatchObject([
    { kind: 'action-ended', outcome: { kind: 'failed', detail: expect.stringContaining('did not run') } },
  ])
  expect(await host.ran()).toEqual([])
  expect(await steps()).toEqual(['started', 'settled'])
  await queue.close()
})

test('a claim whose job was never queued gets one', async () => {
  const proposal = await claimed()
  const queue = createActQueue(client, quiet)

  await createActionSweep({ client, queue, parts: parts(), graceMs: 0 })()

  expect(await queue.standing(proposal.id)).toBe('going')
  await queue.close()
})
