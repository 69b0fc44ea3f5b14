import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { loadConfig } from '../src/config.ts'
import { parseConfigFile } from '../src/config-file.ts'

let folder: string
let path: string
const secret = 'x0x0x0x0x0x0x0x0x0x0x0x0x0x0x0x0x0'
const slack = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' }

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatemedic-config-'))
  path = join(folder, 'gatemedic.yml')
  await writeFile(path, 'approvers: [U0123ABCD]\n')
})

afterEach(() => rm(folder, { recursive: true, force: true }))

test('an empty file is a whole configuration in which nobody may approve', () => {
  expect(parseConfigFile('', '/etc/gatemedic/gatemedic.yml')).toMatchObject({
    approvers: [],
    inventory: '/etc/gatemedic/hosts.yml',
    budgetSeconds: 20,
    proposalMinutes: 10,
  })
})

test.each([
  ['approvers: ["@anna"]', /^g\.yml:1: approvers\.0 must be an id such as U0123ABCD, not a name$/],
  ['budgetSeconds: 20\nproposalMinutes: soon', /^g\.yml:2: proposalMinutes /],
  ['alerts: { port: 9000, listen: 0.0.0.0 }', /^g\.yml:1: alerts\.listen is not known; known are port, listenOn$/],
  ['budgetSeconds: 20\nappprovers: []', /^g\.yml:2: appprovers is not known; known are inventory, approvers/],
  ['channels:\n  hosts:\n    web-1: "#ops"', /^g\.yml:3: channels\.hosts\.web-1 must be an id such as C0123ABCD/],
  ['policy: policy.yml\napprovers: []', /^g\.yml:2: approvers and policy exclude each other/],
  ['approvers: [', /^g\.yml:\d+: not valid YAML/],
])('a mistake is named with its line: %s', (content, message) => {
  expect(() => parseConfigFile(content, 'g.yml')).toThrow(message)
})

test('a worker that holds a Slack token does not start', async () => {
  const env = { ROLE: 'worker', GATEMEDIC_CONFIG: path, SLACK_BOT_TOKEN: 'xoxb-1' }

  await expect(loadConfig(env)).rejects.toThrow(/SLACK_BOT_TOKEN is set, but a worker must not hold Slack tokens/)
})

test('a worker needs no token, and one process for both may hold them', async () => {
  const worker = await loadConfig({ ROLE: 'worker', GATEMEDIC_CONFIG: path })
  const all = await loadConfig({ ROLE: 'all', GATEMEDIC_CONFIG: path, ...slack })

  expect(worker.slack).toBeNull()
  expect(all.slack?.transport.kind).toBe('socket')
})

test.each([
  [{ ROLE: 'robot' }, /ROLE must be bot, worker or all/],
  [{ ROLE: 'bot' }, /SLACK_BOT_TOKEN is not set/],
  [{ ROLE: 'bot', SLACK_BOT_TOKEN: 'xoxb-1' }, /SLACK_APP_TOKEN is not set: .*or SLACK_SIGNING_SECRET/],
  [{ ROLE: 'bot', ...slack, SLACK_BOT_TOKEN: 'xoxp-secret' }, /SLACK_BOT_TOKEN must be the bot token/],
  [{ ROLE: 'worker', REDIS_URL: 'localhost' }, /REDIS_URL must be an address/],
])('a wrong or missing variable is named: %o', async (env, message) => {
  const loading = loadConfig({ GATEMEDIC_CONFIG: path, ...env })

  await expect(loading).rejects.toThrow(message)
  await expect(loading).rejects.not.toThrow(/xoxp-secret/)
})

test('a missing file is named with the way out', async () => {
  await expect(loadConfig({ ROLE: 'worker', GATEMEDIC_CONFIG: '/none.yml' })).rejects.toThrow(
    '/none.yml does not exist: make it, or name another file in GATEMEDIC_CONFIG',
  )
})

test('alerts need a secret of their own', async () => {
  await writeFile(path, 'alerts: { port: 8081 }\n')
  const env = { ROLE: 'bot', GATEMEDIC_CONFIG: path, ...slack }

  await expect(loadConfig(env)).rejects.toThrow(/GATEMEDIC_ALERT_SECRET is not set/)
  await expect(loadConfig({ ...env, GATEMEDIC_ALERT_SECRET: 'short' })).rejects.toThrow(/at least 32 characters/)
  expect((await loadConfig({ ...env, GATEMEDIC_ALERT_SECRET: secret })).alerts).toMatchObject({ port: 8081 })
})
