import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runCli } from './run-cli.ts'

const folder = mkdtempSync(join(tmpdir(), 'gatemedic-cli-alerts-'))
const config = join(folder, 'gatemedic.yml')

beforeAll(() => {
  const key = 'AAAAC3NzaC1lZDI1NTE5AAAAIJ7s2k7v0kB0g6f7xkq1S9Pq0v9Yw3mVh1z0oYw0h4aB'
  const host = (more: string) => `{ address: 192.0.2.10, user: medic, hostKey: "ssh-ed25519 ${key}", ${more} }`
  writeFileSync(
    join(folder, 'hosts.yml'),
    `hosts:\n  web-1: ${host('sites: [shop.example.com], groups: [edge]')}\n  web-2: ${host('sites: [shop.example.com]')}\n`,
  )
  writeFileSync(
    config,
    `channels: { groups: { edge: C0EDGE } }
alerts:
  port: 8081
  sources:
    prometheus: { type: alertmanager, map: [{ label: instance, regex: '([a-z0-9-]+)\\.prod(:\\d+)?', host: $1 }] }
`,
  )
})
afterAll(() => rmSync(folder, { recursive: true }))

const map = (...args: readonly string[]) => runCli(['alerts', 'map', '--config', config, ...args])

test('alerts map says which hosts the labels are about, why, and who hears of them', async () => {
  const run = await map('--label', 'job=blackbox', '--label', 'instance=https://shop.example.com/cart')

  expect(run).toMatchObject({ exitCode: 0, stderr: '' })
  expect(run.stdout.split('\n')).toEqual([
    'instance=https://shop.example.com/cart is shop.example.com on web-1, web-2',
    '  web-1: channel C0EDGE',
    '  web-2: nobody hears of it, no channel is configured (channels)',
    '',
  ])
})

test('alerts map uses the rules of the source that is named, and without it says what is near', async () => {
  const ruled = await map('--label', 'instance=web-1.prod:9113', '--source', 'prometheus')
  const plain = await map('--label', 'instance=web-1.prod:9113')

  expect(ruled.stdout).toMatch(/^instance=web-1\.prod:9113 \(by its rule web-1\) is web-1\n/)
  expect(plain.exitCode).toBe(1)
  expect(plain.stdout).toBe('about no host: instance=web-1.prod:9113: no host has that name; nearest web-1\n')
})

test.each([
  [['--label', 'instance'], /instance=web-1:9113/],
  [
    ['--label', 'instance=web-1', '--source', 'promethus'],
    /alerts\.sources has no promethus; did you mean prometheus\?/,
  ],
])('alerts map %j is told how it is used', async (args, words) => {
  const run = await map(...args)

  expect(run.exitCode).toBe(2)
  expect(run.stderr).toMatch(words)
})
