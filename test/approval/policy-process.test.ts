import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { robin, sam } from '../../demo/slack/cast.ts'
import { startStandIn, type StandIn } from '../../demo/slack/stand-in.ts'
import { makeKeys } from '../../src/signing/key-files.ts'
import { type GatemedicProcess, startGatemedic } from '../support/gatemedic-process.ts'
import { startRedis, type TestRedis } from '../support/redis.ts'
import { until } from '../support/until.ts'

const channel = 'C0INCIDENTS'
let redis: TestRedis
let slack: StandIn
let folder: string
let bot: GatemedicProcess

const policyOf = (diagnose: string) => `people:
  ops: { groups: [S0APPROVERS, S0GONE] }
diagnose: { people: ${diagnose} }
rules: [{ hosts: all, approvers: [ops] }]
`

const hostsOf = (...names: readonly string[]) =>
  `hosts:\n${names.map((name) => `  ${name}: { address: 192.0.2.10, user: medic, groups: [edge] }\n`).join('')}`

beforeAll(async () => {
  ;[redis, slack] = await Promise.all([startRedis(), startStandIn()])
  folder = await mkdtemp(join(tmpdir(), 'gatemedic-policy-process-'))
  await writeFile(join(folder, 'hosts.yml'), hostsOf('web-1'))
  await writeFile(join(folder, 'gatemedic.yml'), 'policy: policy.yml\n')
  await writeFile(join(folder, 'policy.yml'), policyOf('[ops]'))
  await makeKeys(join(folder, 'keys'))
  bot = startGatemedic({
    ROLE: 'bot',
    GATEMEDIC_CONFIG: join(folder, 'gatemedic.yml'),
    REDIS_URL: redis.url,
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.apiUrl,
  })
  await bot.ready()
}, 120_000)

afterAll(async () => {
  await bot.kill('SIGKILL')
  await slack.close()
  await redis.stop()
  await rm(folder, { recursive: true, force: true })
})

/** What is said next, to the person alone or to everybody. */
async function saidTo(userId: string, line: string): Promise<string> {
  const all = () => slack.workspace.messages(channel).filter(({ user }) => user === slack.workspace.bot.id)
  const before = all().length
  await slack.person.type(userId, channel, line)
  await until('something is said', () => all().length > before, 60_000)
  return all().at(-1)?.text ?? ''
}

async function audited(): Promise<readonly string[]> {
  const files = (await readdir(join(folder, 'audit'))).filter((name) => /^bot-.*\.jsonl$/.test(name))
  const lines = await Promise.all(files.map((name) => readFile(join(folder, 'audit', name), 'utf8')))
  return lines.join('').match(/(?<="step":")(?:frozen|unfrozen)(?=")/g) ?? []
}

async function readAgain(text: string, sign: string): Promise<void> {
  const before = bot.output().split(sign).length
  await writeFile(join(folder, 'policy.yml'), text)
  process.kill(bot.pid, 'SIGHUP')
  await until(sign, () => bot.output().split(sign).length > before, 30_000)
}

test('a bot with a policy file: unknown groups, who may freeze and lift, the audit, and new files by SIGHUP', async () => {
  await until('the strange group is told', () => bot.output().includes('"groups":["S0GONE"]'), 30_000)

  expect(await saidTo(robin.id, '/nginx freeze all')).toContain('none of the user groups that policy.yml names')
  expect(await saidTo(sam.id, '/nginx freeze group:edge for 2h moving the database')).toContain(
    'froze group:edge until',
  )
  expect(await saidTo(sam.id, '/nginx freezes')).toContain('group:edge')
  expect(await saidTo(sam.id, '/nginx unfreeze group:edge')).toContain('lifted 1 freeze on group:edge')
  expect(await audited()).toEqual(['frozen', 'unfrozen'])

  await writeFile(join(folder, 'hosts.yml'), hostsOf('web-1', 'web-2'))
  await readAgain(policyOf('[ops]'), 'the new inventory is in force')
  expect(await saidTo(sam.id, '/nginx freeze web-2 for 1h its disk is replaced')).toContain('froze web-2 until')
  expect(await saidTo(sam.id, '/nginx unfreeze web-2')).toContain('lifted 1 freeze on web-2')
  await writeFile(join(folder, 'hosts.yml'), 'hosts: [')
  await readAgain(policyOf('[ops]'), 'the new inventory was refused')
  expect(await saidTo(sam.id, '/nginx unfreeze web-2')).not.toContain('not a host')

  await readAgain(policyOf('[opps]'), 'the one before stays in force')
  expect(await saidTo(sam.id, '/nginx freezes')).toContain('Nothing is frozen')
  await readAgain(policyOf('[]'), 'the new policy is in force')
  expect(await saidTo(sam.id, '/nginx freezes')).toContain('You may not ask for diagnoses')
}, 240_000)
