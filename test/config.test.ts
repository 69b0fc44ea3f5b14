import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
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
  [
    'alerts: { port: 9000, listen: 0.0.0.0 }',
    /^g\.yml:1: alerts\.listen is not known; known are port, listenOn, sources/,
  ],
  ['alerts:\n  sources:\n    p: { type: zabbix }', /^g\.yml:3: alerts\.sources\.p\.type /],
  [
    'alerts:\n  port: 9000\n  sources:\n    p: { type: pagerduty, auth: bearer }',
    /^g\.yml:4: alerts\.sources\.p\.auth cannot be bearer for pagerduty: hmac$/,
  ],
  [
    'alerts:\n  port: 9000\n  sources:\n    p: { type: alertmanager, secret: abc }',
    /^g\.yml:4: alerts\.sources\.p\.secret is not known; known are type, auth, user, secretVariable, secretFile/,
  ],
  [
    'alerts:\n  port: 9000\n  sources:\n    p: { type: generic, map: [{ label: pod, regex: "(?=a)", host: web-1 }] }',
    /^g\.yml:4: alerts\.sources\.p\.map\.0\.regex is no regular expression of RE2/,
  ],
  ['alerts:\n  sources:\n    p: { type: generic }', /^g\.yml:2: alerts\.sources need a port/],
  [
    'sweeps:\n  - { group: edge, at: someday, channel: C0123ABCD }',
    /^g\.yml:2: sweeps\.0\.at must be such as "Mon 08:00"/,
  ],
  [
    'sweeps:\n  - { group: edge, at: "08:00", timezone: Mars/Olympus, channel: C0123ABCD }',
    /^g\.yml:2: sweeps\.0\.timezone must be the name of a time zone/,
  ],
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

  await expect(loadConfig(env)).rejects.toThrow(/nobody may send: name who does under alerts\.sources/)
  await expect(loadConfig({ ...env, GATEMEDIC_ALERT_SECRET: 'short' })).rejects.toThrow(/at least 32 characters/)
  expect((await loadConfig({ ...env, GATEMEDIC_ALERT_SECRET: secret })).alerts).toMatchObject({
    port: 8081,
    sources: [{ name: 'generic', type: 'generic', auth: 'hmac', secrets: [secret] }],
  })
})

const botEnv = () => ({ ROLE: 'bot', GATEMEDIC_CONFIG: path, ...slack })
const configure = (entry: string) => writeFile(path, `alerts:\n  port: 8081\n  sources:\n    prod-eu: ${entry}\n`)

describe('the secret of a source', () => {
  test('is read from the variable of its name, or from one that it names', async () => {
    await configure('{ type: alertmanager }')
    const own = await loadConfig({ ...botEnv(), GATEMEDIC_ALERT_SECRET_PROD_EU: secret })
    await configure('{ type: alertmanager, auth: basic, secretVariable: PROM_SECRET }')
    const named = await loadConfig({ ...botEnv(), PROM_SECRET: secret })

    expect(own.alerts?.sources).toMatchObject([{ name: 'prod-eu', auth: 'bearer', secrets: [secret], perMinute: 60 }])
    expect(named.alerts?.sources).toMatchObject([{ auth: 'basic', user: 'gatemedic', secrets: [secret] }])
  })

  test('is read from a file beside the configuration, two while it is exchanged', async () => {
    await configure('{ type: pagerduty, secretFile: pd }')
    await writeFile(join(folder, 'pd'), `${secret}\nanother-secret-of-pagerduty\n`, { mode: 0o600 })

    const { alerts } = await loadConfig(botEnv())

    expect(alerts?.sources).toMatchObject([{ auth: 'hmac', secrets: [secret, 'another-secret-of-pagerduty'] }])
  })

  test.each([0o640, 0o604, 0o644])(
    'in a file of mode %o, which others may read, is refused and not repeated',
    async (mode) => {
      await configure('{ type: alertmanager, secretFile: prom }')
      await writeFile(join(folder, 'prom'), secret)
      await chmod(join(folder, 'prom'), mode)

      await expect(loadConfig(botEnv())).rejects.toThrow(
        /alerts\.sources\.prod-eu\.secretFile: .*prom may be read by others: chmod 600/,
      )
      await expect(loadConfig(botEnv())).rejects.not.toThrow(secret)
    },
  )

  test.each([
    ['{ type: alertmanager }', {}, /GATEMEDIC_ALERT_SECRET_PROD_EU is not set: the secret of alerts\.sources\.prod-eu/],
    ['{ type: alertmanager }', { GATEMEDIC_ALERT_SECRET_PROD_EU: '' }, /GATEMEDIC_ALERT_SECRET_PROD_EU is not set/],
    ['{ type: alertmanager }', { GATEMEDIC_ALERT_SECRET_PROD_EU: 'short-one' }, /at least 20 characters/],
    ['{ type: alertmanager, secretFile: none }', {}, /secretFile: .*none cannot be read/],
    ['{ type: generic }', { GATEMEDIC_ALERT_SECRET: secret }, /GATEMEDIC_ALERT_SECRET_PROD_EU is not set/],
  ])('%s with %j is missing or too short, and it is said which', async (entry, variables, message) => {
    await configure(entry)

    await expect(loadConfig({ ...botEnv(), ...variables })).rejects.toThrow(message)
    await expect(loadConfig({ ...botEnv(), ...variables })).rejects.not.toThrow('short-one')
  })

  test('is its own: two sources with the same one are refused', async () => {
    await writeFile(path, 'alerts:\n  port: 8081\n  sources: { a: { type: grafana }, b: { type: datadog } }\n')
    const same = { GATEMEDIC_ALERT_SECRET_A: secret, GATEMEDIC_ALERT_SECRET_B: secret }

    await expect(loadConfig({ ...botEnv(), ...same })).rejects.toThrow(
      /alerts\.sources\.b: another source has the same secret/,
    )
  })

  test('is no business of a worker', async () => {
    await configure('{ type: alertmanager }')

    expect((await loadConfig({ ROLE: 'worker', GATEMEDIC_CONFIG: path })).alerts).toBeNull()
  })
})
