import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { HistoryEntry } from '../../src/history/entry.ts'
import type { HostDigest } from '../../src/history/host-digest.ts'
import { createLastHealthy } from '../../src/history/last-healthy.ts'
import { createHistory, type History } from '../../src/history/store.ts'
import { createDiagnosisBoard } from '../../src/jobs/diagnosis-board.ts'
import type { Examination } from '../../src/jobs/examination.ts'
import { openRedis, type RedisClient } from '../../src/redis.ts'
import {
  createDelivered,
  guards,
  newId,
  now,
  quiet,
  requestFor,
  startBot,
  startDiagnosing,
} from '../support/bench-of-queues.ts'
import { backendDown, backendDownFinding, healthy } from '../support/diagnosis.ts'
import { botKeys, workerKeys } from '../support/keys.ts'
import { startRedis, type TestRedis } from '../support/redis.ts'
import { until } from '../support/until.ts'

let redis: TestRedis
let client: RedisClient
let history: History
let found: Examination
const open: { readonly stop: () => Promise<void> }[] = []

beforeAll(async () => {
  redis = await startRedis()
  client = await openRedis(redis.url, 'work', { log: quiet })
  history = createHistory({ client, ...workerKeys, days: 90, now })
})
afterEach(async () => {
  for (const each of open.splice(0)) await each.stop()
})
afterAll(async () => {
  client.disconnect()
  await redis.stop()
})

async function remembered(host: string): Promise<readonly HistoryEntry[]> {
  return (await history.of(host, { from: new Date(0), to: new Date(Date.now() + 60_000) })).entries
}

async function started() {
  const delivered = createDelivered()
  const bot = await startBot(redis.url, delivered.deliver)
  const worker = await startDiagnosing(redis.url, () => Promise.resolve(found))
  open.push(bot, worker)
  return {
    diagnose: async (host: string, examination: Examination) => {
      found = examination
      const threadId = newId()
      await bot.ask(host, threadId)
      return until('it is told', () => delivered.of(threadId, 'diagnosis')[0])
    },
  }
}

test('a diagnosis is remembered once with its first findings, and the next one of the same trouble recalls it', async () => {
  const host = `web-${newId()}`
  const { diagnose } = await started()
  const finding = backendDownFinding({ cause: 'disk-full' })
  const failing = backendDown({ host, findings: [backendDownFinding(), finding, finding, finding] })
  const first = await diagnose(host, { diagnosis: failing, guards })
  await history.keep({
    kind: 'action',
    id: newId(),
    host,
    diagnosed: host,
    diagnosis: first.diagnosisId ?? '',
    action: 'start-unit',
    target: 'checkout-api.service',
    cause: 'backend-down',
    by: ['U1'],
    at: now().toISOString(),
    outcome: 'resolved',
    detail: '',
  })

  const second = await diagnose(host, { diagnosis: failing, guards })

  expect(first.past).toBeUndefined()
  expect(second.past).toMatchObject({ count: 2, days: 7, lastFix: { action: 'start-unit' } })
  expect(await remembered(host)).toMatchObject([
    { kind: 'diagnosis', id: second.diagnosisId },
    { kind: 'action' },
    { kind: 'diagnosis', id: first.diagnosisId, verdict: 'diagnosed', by: 'user', findings: { length: 3 } },
  ])
})

test('a stopgap that was written over is told with the next diagnosis', async () => {
  const host = `web-${newId()}`
  const { diagnose } = await started()
  const diff = '--- a/etc/nginx/a.conf\n+++ b/etc/nginx/a.conf\n-  listen 80;\n+  listen 81;\n'
  const subject = { file: '/etc/nginx/a.conf' }
  const fix = { steps: [], diff, writtenBy: 'Ansible', action: null }
  const failing = { diagnosis: backendDown({ host, findings: [backendDownFinding({ subject, fix })] }), guards }
  await diagnose(host, failing)
  await createLastHealthy(client).keep(digestOf(host, ['  listen 81;']))

  const { past } = await diagnose(host, failing)

  expect(past?.undone).toMatchObject({ file: '/etc/nginx/a.conf', writtenBy: 'Ansible' })
})

test('a run that another one has taken over leaves nothing behind', async () => {
  const host = `web-${newId()}`
  const board = createDiagnosisBoard(client, workerKeys)
  const request = requestFor(host, newId())
  await createDiagnosisBoard(client, botKeys).join(request, now())
  await board.begin(request.id, 'first run')
  await board.begin(request.id, 'second run')
  const update = { kind: 'diagnosis', diagnosis: healthy(), proposal: null } as const
  const keepingOf = (headline: string) => history.prepare(kept(request.id, host, headline))

  const stale = await board.announce(request.id, update, { run: 'first run', last: true, keeping: keepingOf('one') })
  await board.announce(request.id, update, { run: 'second run', last: true, keeping: keepingOf('two') })
  await board.announce(request.id, update, { run: 'second run', last: true, keeping: keepingOf('three') })

  expect(stale).toEqual({ kind: 'stale' })
  expect(await remembered(host)).toMatchObject([{ headline: 'two' }])
})

test('what cannot be read of the history keeps no answer back', async () => {
  const host = `web-${newId()}`
  const { diagnose } = await started()
  await client.set(`gatemedic:history:${host}:entries`, 'no hash')
  await client.zadd(`gatemedic:history:${host}`, Date.now(), 'x')

  const failing = diagnose(host, { diagnosis: backendDown({ host }), guards })

  await expect(failing).resolves.toMatchObject({ diagnosis: { verdict: 'diagnosed' } })
})

function kept(id: string, host: string, headline: string): HistoryEntry {
  const at = now().toISOString()
  return { kind: 'diagnosis', id, host, at, verdict: 'healthy', headline, findings: [], by: 'user', who: 'U1' }
}

function digestOf(host: string, lines: readonly string[]): HostDigest {
  return {
    host,
    collectedAt: now().toISOString(),
    rights: { owners: true, dumped: true },
    nginx: null,
    units: null,
    listeners: null,
    files: { '/etc/nginx/a.conf': { hash: 'x', lines } },
    certificates: null,
  }
}
