import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { genesis, link } from '../../src/audit/chain.ts'
import type { AuditEntry } from '../../src/audit/record.ts'
import { runCli } from './run-cli.ts'

const scratch = mkdtempSync(join(tmpdir(), 'gatemedic-cli-audit-'))
afterAll(() => rmSync(scratch, { recursive: true }))

const entry: AuditEntry = {
  proposal: 'p1',
  host: 'web-1',
  action: 'start-unit',
  target: 'checkout-api.service',
  cause: 'backend-down',
  argv: ['systemctl', 'start', 'checkout-api.service'],
  guard: 'unit 4a6b down 0',
  by: ['U0123ABCD'],
  claimedAt: '2026-11-21T03:00:00.000Z',
  step: 'started',
  presses: [],
  at: '2026-11-21T03:00:01.000Z',
}

function fileOfOneLine(name: string): string {
  const file = join(scratch, name)
  writeFileSync(file, link({ seq: 0, hash: genesis }, entry).text)
  return file
}

test('audit says that a file is whole, and its last hash', async () => {
  const file = fileOfOneLine('whole.jsonl')

  const run = await runCli(['audit', file])

  expect(run).toMatchObject({ exitCode: 0, stderr: '' })
  expect(run.stdout).toMatch(/1 line, all in order; the last hash is [0-9a-f]{64}\n$/)
})

test('audit names the first line that was changed', async () => {
  const file = fileOfOneLine('changed.jsonl')
  writeFileSync(file, readFileSync(file, 'utf8').replace('U0123ABCD', 'U0OTHER00'))

  const run = await runCli(['audit', file])

  expect(run).toMatchObject({ exitCode: 1, stderr: '' })
  expect(run.stdout).toContain('line 1 does not hold: it was changed')
})

test('audit says which file it cannot read', async () => {
  const run = await runCli(['audit', join(scratch, 'missing.jsonl')])

  expect(run).toMatchObject({ exitCode: 2, stdout: '' })
  expect(run.stderr).toContain('missing.jsonl cannot be read')
})
