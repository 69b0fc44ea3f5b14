import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type AuditOptions, openAudit } from '../../src/audit/audit.ts'
import type { AuditEntry, AuditStep } from '../../src/audit/record.ts'
import { verify } from '../../src/audit/verify.ts'
import { quiet } from '../support/bench-of-queues.ts'

let directory: string
const options: AuditOptions = {
  writer: 'worker-1',
  log: quiet,
  copy: () => Promise.resolve(),
  now: () => new Date('2026-11-21T03:00:00.000Z'),
}

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'gatemedic-audit-'))
})

afterEach(() => rm(directory, { recursive: true, force: true }))

function entry(proposal: string, step: AuditStep = { step: 'started', presses: [] }): AuditEntry {
  return {
    proposal,
    host: 'web-1',
    action: 'start-unit',
    target: 'checkout-api.service',
    cause: 'backend-down',
    argv: ['systemctl', 'start', 'checkout-api.service'],
    guard: 'unit 4f2a down 0',
    by: ['U1'],
    claimedAt: '2026-11-21T03:00:00.000Z',
    ...step,
    at: '2026-11-21T03:00:01.000Z',
  }
}

async function written(...proposals: readonly string[]): Promise<string> {
  const audit = await openAudit(directory, options)
  for (const proposal of proposals) await audit.append(entry(proposal))
  await audit.close()
  return audit.file
}

test('a chain that nobody touched holds, also over a restart', async () => {
  await written('p1', 'p2')
  const file = await written('p3')

  expect(await verify(file)).toMatchObject({ ok: true, lines: 3 })
})

test('a changed word is found, with its line', async () => {
  const file = await written('p1', 'p2', 'p3')
  await writeFile(file, (await readFile(file, 'utf8')).replace('"proposal":"p2"', '"proposal":"px"'))

  expect(await verify(file)).toMatchObject({ ok: false, line: 2, reason: expect.stringContaining('changed') })
})

test.each([
  ['removed', (lines: string[]) => lines.toSpliced(1, 1)],
  ['repeated', (lines: string[]) => lines.toSpliced(1, 0, lines[1] ?? '')],
  ['moved', (lines: string[]) => [lines[1] ?? '', lines[0] ?? '', ...lines.slice(2)]],
])('a %s line is found', async (_what, tamper) => {
  const file = await written('p1', 'p2', 'p3')
  const lines = (await readFile(file, 'utf8')).split('\n')
  await writeFile(file, tamper(lines).join('\n'))

  expect(await verify(file)).toMatchObject({ ok: false })
})

test('a writer does not go on from a chain that does not hold', async () => {
  const file = await written('p1', 'p2')
  await writeFile(file, (await readFile(file, 'utf8')).replace('"by":["U1"]', '"by":["U2"]'))

  await expect(openAudit(directory, options)).rejects.toThrow(/worker-1\.jsonl:1: it was changed/)
})

test('half a line left by a crash is set aside, and the chain goes on', async () => {
  const file = await written('p1', 'p2')
  const text = await readFile(file, 'utf8')
  await writeFile(file, text.slice(0, -40))

  await written('p3')

  expect(await verify(file)).toMatchObject({ ok: true, lines: 2 })
  expect((await readdir(directory)).some((name) => name.includes('half-line'))).toBe(true)
})

test('which actions were begun is known again after a restart', async () => {
  await written('p1')

  const audit = await openAudit(directory, options)

  expect([audit.wasStarted('p1'), audit.wasStarted('p2')]).toEqual([true, false])
  await audit.close()
})

test('entries written at the same time make one chain', async () => {
  const audit = await openAudit(directory, options)

  await Promise.all(Array.from({ length: 20 }, (_, index) => audit.append(entry(`p${index}`))))

  await audit.close()
  expect(await verify(audit.file)).toMatchObject({ ok: true, lines: 20 })
})

test('a record that cannot be written is an error, and stays one', async () => {
  const audit = await openAudit(directory, options)
  await audit.close()

  await expect(audit.append(entry('p1'))).rejects.toThrow(/cannot be written/)
  await expect(audit.append(entry('p2'))).rejects.toThrow(/cannot be written/)
})

test('a folder that cannot be made is one clear error', async () => {
  await writeFile(join(directory, 'taken'), '')

  await expect(openAudit(join(directory, 'taken'), options)).rejects.toThrow(/audit file .*taken.* cannot be opened/)
})
