import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { z } from 'zod'
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

  const run = await runCli(['audit', 'verify', file])

  expect(run).toMatchObject({ exitCode: 0, stderr: '' })
  expect(run.stdout).toMatch(/1 line, all in order; .* noted nowhere here, .*; the last hash is [0-9a-f]{64}\n$/)
})

test('audit names the first line that was changed', async () => {
  const file = fileOfOneLine('changed.jsonl')
  writeFileSync(file, readFileSync(file, 'utf8').replace('U0123ABCD', 'U0OTHER00'))

  const run = await runCli(['audit', 'verify', file])

  expect(run).toMatchObject({ exitCode: 1, stderr: '' })
  expect(run.stdout).toContain('line 1 does not hold: it was changed')
})

test('audit says which file it cannot read', async () => {
  const run = await runCli(['audit', 'verify', join(scratch, 'missing.jsonl')])

  expect(run).toMatchObject({ exitCode: 2, stdout: '' })
  expect(run.stderr).toContain('missing.jsonl cannot be read')
})

test('audit verify misses lines that were taken off the end of one file by what the other side has noted', async () => {
  const worker = join(scratch, 'worker-a.jsonl')
  const bot = join(scratch, 'bot-a.jsonl')
  const first = link({ seq: 0, hash: genesis }, entry)
  const second = link({ seq: 1, hash: first.line.hash }, { ...entry, step: 'ended', outcome: 'resolved', detail: '' })
  const at = entry.at
  const witnessed = { step: 'witnessed', writer: 'worker-a', seqThere: 2, hashThere: second.line.hash, at } as const
  writeFileSync(bot, link({ seq: 0, hash: genesis }, witnessed).text)
  writeFileSync(worker, first.text + second.text)

  const whole = await runCli(['audit', 'verify', worker, bot])
  writeFileSync(worker, first.text)
  const cut = await runCli(['audit', 'verify', worker, bot])

  expect(whole).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('1 note of where it stood agrees') })
  expect(cut).toMatchObject({ exitCode: 1, stdout: expect.stringContaining('it has 1 lines and had 2') })
  expect(cut.stdout).toContain(`noted in ${bot}`)
})

test('audit show tells what was done and refused on one host, and export gives every line with its file', async () => {
  const dir = join(scratch, 'both')
  mkdirSync(dir)
  const done = link({ seq: 0, hash: genesis }, entry)
  const subject = { host: 'web-1', action: 'start-unit', target: 'checkout-api.service' } as const
  const refused: AuditEntry = {
    step: 'turned-away',
    what: 'press',
    about: 'p1',
    subject,
    by: 'U0OTHER00',
    because: 'you are not an approver\u001b[2J',
    at: '2026-11-21T02:59:00.000Z',
  }
  writeFileSync(join(dir, 'worker-a.jsonl'), done.text)
  writeFileSync(join(dir, 'bot-a.jsonl'), link({ seq: 0, hash: genesis }, refused).text)

  const shown = await runCli(['audit', 'show', '--host', 'web-1', '--dir', dir])
  const none = await runCli(['audit', 'show', '--host', 'web-2', '--dir', dir])
  const recent = await runCli(['audit', 'show', '--host', 'web-1', '--since', '1h', '--dir', dir])
  const all = await runCli(['audit', 'export', '--json', '--dir', dir])

  expect(shown.stdout.split('\n')).toEqual([
    expect.stringMatching(
      /^2026-11-21T02:59:00.000Z start-unit checkout-api.service: press by U0OTHER00 turned away: /,
    ),
    '2026-11-21T03:00:01.000Z start-unit checkout-api.service: begun, approved by U0123ABCD',
    '',
  ])
  expect(shown.stdout).not.toContain('\u001b')
  expect([none.stdout, recent.stdout]).toEqual(['', ''])
  const files = all.stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => z.looseObject({ file: z.string(), seq: z.number() }).parse(JSON.parse(line)).file)
  expect(files).toEqual([join(dir, 'bot-a.jsonl'), join(dir, 'worker-a.jsonl')])
})
