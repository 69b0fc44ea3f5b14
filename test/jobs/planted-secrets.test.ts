import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { actionOf } from '../../src/actions/index.ts'
import { createProposalStore } from '../../src/approval/proposal-store.ts'
import { openAudit } from '../../src/audit/audit.ts'
import { fitToLeave } from '../../src/examine/examine.ts'
import { factsOf } from '../../src/examine/facts.ts'
import { replaySnapshot } from '../../src/examine/replay.ts'
import { readSnapshot, type Snapshot } from '../../src/host/snapshot.ts'
import { createFleetRunReader } from '../../src/approval/fleet-run-store.ts'
import { createHistory } from '../../src/history/store.ts'
import { act } from '../../src/jobs/act-job.ts'
import { createActingSign } from '../../src/jobs/acting-sign.ts'
import { createDiagnosisBoard } from '../../src/jobs/diagnosis-board.ts'
import type { Examination } from '../../src/jobs/examination.ts'
import { createLog } from '../../src/log.ts'
import { redactText } from '../../src/redact/redact-text.ts'
import { openRedis, type RedisClient } from '../../src/redis.ts'
import {
  createDelivered,
  hostOf,
  newId,
  noLimits,
  note,
  now,
  policy,
  quiet,
  startBot,
  startDiagnosing,
} from '../support/bench-of-queues.ts'
import { auditOptions } from '../support/audit-options.ts'
import { captureFolders } from '../support/captures.ts'
import { everythingIn } from '../support/everything-in.ts'
import { plantSecrets, type Secret } from '../support/plant-secrets.ts'
import { claimedProposal } from '../support/proposals.ts'
import { startRedis, type TestRedis } from '../support/redis.ts'
import { until } from '../support/until.ts'
import { workerKeys } from '../support/keys.ts'

let redis: TestRedis
let client: RedisClient
let directory: string
const logged: string[] = []
const log = createLog('trace', { write: (line) => void logged.push(line) })

beforeAll(async () => {
  redis = await startRedis()
  client = await openRedis(redis.url, 'work', { log: quiet })
  directory = await mkdtemp(join(tmpdir(), 'gatemedic-planted-'))
})
afterAll(async () => {
  client.disconnect()
  await redis.stop()
  await rm(directory, { recursive: true, force: true })
})

/** A failing host, a healthy one and one that cannot be judged, with secrets in all of them. */
async function hostsWithSecrets(): Promise<{
  examinations: Map<string, Examination>
  secrets: Secret[]
  said: string
}> {
  const wanted = ['rules/backend-down/fires-backend-down', 'hosts/healthy', 'rules/backend-down/quiet-app-error']
  const folders = captureFolders().filter(({ name }) => wanted.includes(name))
  const examinations = new Map<string, Examination>()
  const secrets: Secret[] = []
  let said = ''
  for (const [index, { folder }] of folders.entries()) {
    const planted = plantSecrets(await readSnapshot(folder), 500 + index)
    examinations.set(`web-${index}`, examinationOf(planted.snapshot))
    secrets.push(...planted.secrets)
    said += planted.snapshot.captures.map(({ capture }) => capture.stdout).join('\n')
  }
  return { examinations, secrets, said }
}

function examinationOf(snapshot: Snapshot): Examination {
  const captures = snapshot.captures.map(({ capture }) => capture)
  const facts = factsOf(captures, snapshot.host, 'both rounds')
  return fitToLeave({
    diagnosis: replaySnapshot(snapshot),
    facts,
    masters: [],
    backends: [],
    recorded: snapshot.captures,
  })
}

describe('secrets on a host', () => {
  it('get neither into Redis nor into threads, logs or the audit', async () => {
    const { examinations, secrets, said } = await hostsWithSecrets()
    const delivered = createDelivered()
    const bot = await startBot(redis.url, delivered.deliver)
    const worker = await startDiagnosing(
      redis.url,
      ({ host }) => Promise.resolve(examinations.get(host) ?? { diagnosis: replayed(examinations), guards: new Map() }),
      log,
    )
    const threads = await Promise.all(
      [...examinations.keys()].map(async (host) => {
        const thread = newId()
        await bot.ask(host, thread)
        return thread
      }),
    )
    await until('all answers are there', () => threads.every((id) => delivered.of(id, 'diagnosis').length > 0))

    const audit = await openAudit(directory, auditOptions({ log }))
    const proposal = await claimedProposal(client)
    await act(proposal.id, {
      proposals: createProposalStore(client, workerKeys.worker),
      board: createDiagnosisBoard(client, workerKeys),
      history: createHistory({ client, ...workerKeys, days: 90, now }),
      runs: createFleetRunReader(client, workerKeys.bot),
      posts: { wake: () => Promise.resolve() },
      watches: { ensure: () => Promise.resolve() },
      audit,
      examine: () => Promise.resolve({ diagnosis: replayed(examinations), guards: new Map() }),
      // A command that ends badly and prints what stands in its journal.
      checkLimits: noLimits,
      runAsActUser: () => Promise.resolve({ stdout: said }),
      actionOf,
      refusalOf: () => null,
      policy,
      hostOf,
      bot: workerKeys.bot,
      note,
      redact: redactText,
      log,
      now,
      showActing: createActingSign(client, log),
      againAfterMs: 1,
    })
    await audit.close()
    const places = {
      redis: await everythingIn(client),
      threads: JSON.stringify(delivered.posts),
      logs: logged.join(''),
      audit: await readFile(audit.file, 'utf8'),
    }
    await worker.stop()
    await bot.stop()

    expect(secrets.length).toBeGreaterThan(60)
    expect(places.redis).toContain('checkout-api.service')
    expect(places.audit).toContain('"step":"ran"')
    for (const [place, text] of Object.entries(places))
      expect(secrets.filter((secret) => text.includes(secret.text)).map(({ kind }) => `${kind} in ${place}`)).toEqual(
        [],
      )
  })
})

function replayed(examinations: ReadonlyMap<string, Examination>): Examination['diagnosis'] {
  const [first] = [...examinations.values()]
  if (first === undefined) throw new Error('no examination')
  return first.diagnosis
}
