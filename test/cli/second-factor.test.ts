import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { runCli } from './run-cli.ts'

const folder = mkdtempSync(join(tmpdir(), 'gatemedic-cli-'))
afterAll(() => rmSync(folder, { recursive: true }))

const config = join(folder, 'gatemedic.yml')
const file = join(folder, 'codes.json')
writeFileSync(config, 'secondFactorFile: codes.json\n')

test('enroll shows the secret once and keeps it where only its owner reads it; remove takes it away', async () => {
  const enrolled = await runCli(['second-factor', 'enroll', 'U0123ABCD', '--config', config])
  const kept = readFileSync(file, 'utf8')
  const mode = statSync(file).mode & 0o777
  const removed = await runCli(['second-factor', 'remove', 'U0123ABCD', '--config', config])

  const [, secret = ''] = enrolled.stdout.split('\n')
  expect(secret).toMatch(/^[A-Z2-7]{32}$/)
  expect(enrolled.stdout).toContain('otpauth://totp/Gatemedic:U0123ABCD')
  expect(kept).toContain(secret)
  expect(mode).toBe(0o600)
  expect(removed.stdout).toContain('U0123ABCD has no second factor any more')
  expect(readFileSync(file, 'utf8')).not.toContain(secret)
}, 60_000)

test('a name is refused: ids decide', async () => {
  const run = await runCli(['second-factor', 'enroll', '@anna', '--config', config])

  expect(run.exitCode).toBe(2)
  expect(run.stderr).toContain('a Slack user id such as U0123ABCD')
}, 60_000)
