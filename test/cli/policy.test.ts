import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runCli } from './run-cli.ts'

const folder = mkdtempSync(join(tmpdir(), 'gatemedic-cli-policy-'))
const config = join(folder, 'gatemedic.yml')

beforeAll(() => {
  const host = (more: string) => `{ address: 192.0.2.10, user: medic, hostKey: "ssh-ed25519 ${key}", ${more} }`
  const key = 'AAAAC3NzaC1lZDI1NTE5AAAAIJ7s2k7v0kB0g6f7xkq1S9Pq0v9Yw3mVh1z0oYw0h4aB'
  writeFileSync(config, 'policy: policy.yml\ninventory: hosts.yml\n')
  writeFileSync(
    join(folder, 'hosts.yml'),
    `hosts:\n  web-1: ${host('labels: { env: production }')}\n  web-2: ${host('groups: [edge]')}\n`,
  )
  writeFileSync(
    join(folder, 'policy.yml'),
    `people: { ops: { users: [U0ANNA], groups: [S0OPS] } }
rules:
  - hosts: { labels: { env: production } }
    approvers: [ops]
    channels: [C0OPS]
`,
  )
})
afterAll(() => rmSync(folder, { recursive: true }))

test('policy check says which rule is for which host, and where none is', async () => {
  const run = await runCli(['policy', 'check', '--config', config])

  expect(run).toMatchObject({ exitCode: 0, stderr: '' })
  expect(run.stdout).toContain('policy.yml can be used: 1 rule, 0 freezes, 2 hosts')
  expect(run.stdout).toContain('policy.yml:3, for label env=production: web-1')
  expect(run.stdout).toContain('no rule: web-2; the strictest of all rules holds there')
})

test('policy explain says what is asked for, by which rule, in words', async () => {
  const who = ['--user', 'U0EVA', '--groups', 'S0OPS,S0ALL', '--requester', 'U0EVA']
  const run = await runCli([
    'policy',
    'explain',
    '--config',
    config,
    ...who,
    '--action',
    'restart-unit',
    '--host',
    'web-1',
  ])

  expect(run).toMatchObject({ exitCode: 0, stderr: '' })
  expect(run.stdout).toContain('U0EVA presses restart-unit on web-1: another person is asked')
  expect(run.stdout).toContain('policy.yml:3, for label env=production')
  expect(run.stdout).toContain('two different people, of whom one may have asked for the diagnosis')
  expect(run.stdout).toContain('U0ANNA and members of S0OPS')
  expect(run.stdout).toContain('in C0OPS')
})

test('policy explain names a host that was meant', async () => {
  const who = ['--user', 'U0ANNA', '--action', 'start-unit']
  const run = await runCli(['policy', 'explain', '--config', config, ...who, '--host', 'wbe-1'])

  expect(run).toMatchObject({ exitCode: 2, stdout: '' })
  expect(run.stderr).toContain('the inventory has no host wbe-1; did you mean web-1?')
})

test('policy check refuses a file that cannot be used, with its line', async () => {
  const broken = join(folder, 'broken.yml')
  writeFileSync(broken, 'people: {}\nrules: [{ hosts: { labels: { env: prodution } }, approvers: [] }]\n')

  const run = await runCli(['policy', 'check', '--config', config, '--policy', broken])

  expect(run).toMatchObject({ exitCode: 2, stdout: '' })
  expect(run.stderr).toContain('broken.yml:2: rules.0.hosts.labels.env names "prodution"')
  expect(run.stderr).toContain('"production"')
})
