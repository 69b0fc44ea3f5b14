import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { cureOf, diagnose } from '../../../demo/hosts/cure.ts'
import { readRecording } from '../../../demo/hosts/recordings.ts'
import { type ServedHosts, serveRecordedHosts } from '../../../demo/hosts/serve.ts'
import { readActAnswer } from '../../../src/actions/act-answer.ts'
import { compareAndActScript } from '../../../src/actions/compare-and-act.ts'
import type { Capture } from '../../../src/diagnosis/capture.ts'
import type { Diagnosis } from '../../../src/diagnosis/diagnosis.ts'
import { runRounds, usualWindowSeconds } from '../../../src/examine/rounds.ts'
import { collect } from '../../../src/host/collect.ts'
import { connect } from '../../../src/host/connect.ts'
import type { HostConnection } from '../../../src/host/connection.ts'
import { parseInventory } from '../../../src/host/inventory.ts'
import { run } from '../../../src/host/run.ts'

const now = new Date('2027-03-01T04:05:06Z')
let folder: string
let served: ServedHosts
let connection: HostConnection

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gatemedic-recorded-'))
  served = await serveRecordedHosts([{ name: 'web-1' }], { folder, pace: 0, now: () => now })
  const { identityFile } = served
  const hosts = Object.fromEntries(
    served.hosts.map(({ name, port, hostKey, user }) => [
      name,
      { address: '127.0.0.1', port, user, hostKey, identityFile },
    ]),
  )
  connection = await connect('web-1', parseInventory(JSON.stringify({ hosts }), 'hosts.yml'), { budgetMs: 5000 })
})

afterEach(async () => {
  connection.close()
  await served.close()
  rmSync(folder, { recursive: true, force: true })
})

async function ask(): Promise<Diagnosis> {
  const captures: { capture: Capture; args: readonly string[]; round: number }[] = []
  await runRounds(
    'web-1',
    async (questions) => {
      const answers = await collect(connection, questions, { host: 'web-1', seconds: 10 })
      captures.push(...answers.map((capture) => ({ capture, args: [], round: 1 })))
      return answers
    },
    { allowed: true, healthPath: null, site: null },
    usualWindowSeconds,
    () => {},
  )
  return diagnose({ host: 'web-1', collectedAt: now.toISOString(), timezone: '+00:00', recordedOn: 'test', captures })
}

function act(guard: string): ReturnType<typeof run> {
  const argv = ['systemctl', 'start', 'checkout-api.service']
  return run(
    connection,
    compareAndActScript(),
    ['unit', 'checkout-api.service', guard, 'no-test', '45', '15', ...argv],
    { seconds: 20 },
  )
}

describe('a recorded host behind SSH', () => {
  test('is diagnosed as it was on the day it was recorded, in times of now', async () => {
    const diagnosis = await ask()

    expect(diagnosis.verdict).toBe('diagnosed')
    expect(diagnosis.findings[0]).toMatchObject({ cause: 'backend-down', confidence: 'confirmed' })
    expect(diagnosis.findings[0]?.impact?.lastSeen?.slice(0, 10)).toBe('2027-03-01')
  })

  test('refuses an action whose guard is not its state, and stays broken', async () => {
    const { stdout } = await act('unit 00000000000000000000000000000000 down 0')

    expect(readActAnswer(stdout, '').kind).toBe('changed')
    expect((await ask()).verdict).toBe('diagnosed')
  })

  test('is healthy after the right action, which does nothing a second time', async () => {
    const guard = cureOf((await readRecording('web-1')).before)?.guard ?? 'none'

    const first = readActAnswer((await act(guard)).stdout, guard)
    const second = readActAnswer((await act(guard)).stdout, guard)

    expect(first).toMatchObject({ kind: 'ran', exitCode: 0, settled: true })
    expect(second.kind).toBe('changed')
    expect((await ask()).verdict).toBe('healthy')
  })
})
