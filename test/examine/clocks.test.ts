import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import type { Diagnosis } from '../../src/diagnosis/diagnosis.ts'
import { replay } from '../../src/examine/replay.ts'

const folder = mkdtempSync(join(tmpdir(), 'gatemedic-clocks-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** A recorded host whose clock was set back, or forward, after all of its log was written. */
async function withClock(capture: string, seconds: number): Promise<Diagnosis> {
  const copy = join(folder, `${capture.replaceAll('/', '-')}${seconds}`)
  cpSync(join('test', capture), copy, { recursive: true })
  const file = join(copy, '1-host.txt')
  const told = readFileSync(file, 'utf8')
  writeFileSync(
    file,
    told.replace(/^clock (\d+)/m, (_line, epoch: string) => `clock ${Number(epoch) + seconds}`),
  )
  return await replay(copy)
}

const refused = 'rules/worker-connections/fires-worker-connections'

it('lines from the future of the host make nothing fail now, and the headline says that log and clock disagree', async () => {
  const { headline, verdict, unseen, findings } = await withClock(refused, -7200)

  expect(verdict).toBe('undetermined')
  expect(unseen[0]).toMatch(/^log and clock disagree: \S+ has a line of .*, which is 2 h ahead of the host's clock$/)
  expect(headline).toContain('log and clock disagree')
  expect(findings.find(({ cause }) => cause === 'worker-connections')?.failingNow).not.toBe(true)
})

it('a clock that is not ours is told beside the answer', async () => {
  const { headline } = await withClock('hosts/healthy', 7200)

  expect(headline).toMatch(/the clock of web-1 is 2 h ahead of ours, and times are told by it$/)
})

it('clocks that agree are not worth a word', async () => {
  const { headline, verdict } = await withClock(refused, 0)

  expect(verdict).toBe('diagnosed')
  expect(headline).not.toMatch(/clock/)
})
