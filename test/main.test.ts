import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { sam } from '../demo/slack/cast.ts'
import { startStandIn, type StandIn } from '../demo/slack/stand-in.ts'
import { runHere } from '../demo/hosts/ssh-server.ts'
import { createGate, type Gate } from './support/gate.ts'
import { sign } from '../src/alerts/signature.ts'
import { type GatemedicProcess, startGatemedic } from './support/gatemedic-process.ts'
import { freePort, startRedis, type TestRedis } from './support/redis.ts'
import { startSshHost, type SshHost } from './support/ssh-host.ts'
import { until } from './support/until.ts'
import { makeKeys } from '../src/signing/key-files.ts'

let redis: TestRedis
let host: SshHost
let slack: StandIn
let folder: string
/** Closed: the host takes a script and lets it wait. */
let gate = openGate()
let scripts = 0
const processes: GatemedicProcess[] = []

beforeAll(async () => {
  const really = runHere()
  const answer: typeof really = async (...asked) => {
    scripts += 1
    await gate.passed
    return really(...asked)
  }
  ;[redis, host, slack] = await Promise.all([startRedis(), startSshHost(answer), startStandIn()])
  folder = await mkdtemp(join(tmpdir(), 'gatemedic-main-'))
  const web1 = host.inventory.hosts.get('web-1')
  const { address, port, user, identityFile, hostKey } = web1 ?? {}
  await writeFile(
    join(folder, 'hosts.yml'),
    JSON.stringify({ hosts: { 'web-1': { address, port, user, identityFile, hostKey } } }),
  )
  await writeFile(join(folder, 'gatemedic.yml'), `approvers: [${sam.id}]\n`)
  await makeKeys(join(folder, 'keys'))
})

afterEach(async () => {
  gate.open()
  gate = openGate()
  for (const each of processes.splice(0)) await each.kill('SIGKILL')
})

afterAll(async () => {
  await Promise.all([slack.close(), host.close()])
  await redis.stop()
  await rm(folder, { recursive: true, force: true })
})

function openGate(): Gate {
  const opened = createGate()
  opened.open()
  return opened
}

/** Starts a diagnosis and resolves when the host has been asked and lets the worker wait. */
async function midway(): Promise<{ readonly verdict: Promise<string> }> {
  gate = createGate()
  const before = scripts
  const verdict = verdictOf('/nginx diagnose web-1')
  await until('the host was asked', () => scripts > before, 30_000)
  return { verdict }
}

function start(env: Readonly<Record<string, string>>): GatemedicProcess {
  const common = { GATEMEDIC_CONFIG: join(folder, 'gatemedic.yml'), REDIS_URL: redis.url }
  const started = startGatemedic({ ...common, ...env })
  processes.push(started)
  return started
}

const startBot = (env: Readonly<Record<string, string>> = {}): GatemedicProcess =>
  start({
    ROLE: 'bot',
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.apiUrl,
    ...env,
  })
const startWorker = (env: Readonly<Record<string, string>> = {}): GatemedicProcess => start({ ROLE: 'worker', ...env })

const channel = 'C0INCIDENTS'

function roots(): readonly string[] {
  const { bot } = slack.workspace
  const messages = slack.workspace.messages(channel)
  return messages.filter(({ threadTs, user }) => threadTs === undefined && user === bot.id).map(({ ts }) => ts)
}

/** Types the command and waits for the reply that calls who asked; there must be one, and only one. */
async function verdictOf(command: string): Promise<string> {
  const before = roots().length
  await slack.person.type(sam.id, 'incidents', command)
  const calls = (): readonly string[] => {
    const root = roots()[before]
    const texts = root === undefined ? [] : slack.workspace.thread(channel, root).map(({ text }) => text)
    return texts.filter((text) => text.includes(`<@${sam.id}>`))
  }
  await until('the verdict is in the thread', () => calls().length > 0, 60_000)
  return calls().join('\n')
}

test('bot and worker are two processes: a command becomes a thread with an answer, and both stop cleanly', async () => {
  const [bot, worker] = [startBot(), startWorker()]
  await Promise.all([bot.ready(), worker.ready()])

  const text = await verdictOf('/nginx diagnose web-1')
  const codes = await Promise.all([bot.kill('SIGTERM'), worker.kill('SIGTERM')])

  expect(text).toContain('web-1')
  expect(codes).toEqual([0, 0])
}, 90_000)

test('a worker that is killed in the middle loses nothing: the next one brings the answer, once', async () => {
  const bot = startBot()
  const first = startWorker()
  await Promise.all([bot.ready(), first.ready()])
  const { verdict } = await midway()

  await first.kill('SIGKILL')
  gate.open()
  await startWorker().ready()

  expect((await verdict).split('\n')).toHaveLength(1)
}, 120_000)

test('a bot that is killed in the middle loses nothing: the next one brings the answer, once', async () => {
  const first = startBot()
  await Promise.all([first.ready(), startWorker().ready()])
  const { verdict } = await midway()

  await first.kill('SIGKILL')
  gate.open()
  await startBot().ready()

  expect((await verdict).split('\n')).toHaveLength(1)
}, 120_000)

test('a Redis that is restarted in the middle loses nothing', async () => {
  await Promise.all([startBot().ready(), startWorker().ready()])
  const { verdict } = await midway()

  await redis.kill()
  gate.open()
  await redis.start()

  expect((await verdict).split('\n')).toHaveLength(1)
}, 120_000)

test('who asks while Redis is away is told so at once, and served when it is back', async () => {
  await Promise.all([startBot().ready(), startWorker().ready()])
  await redis.kill()

  await slack.person.type(sam.id, 'incidents', '/nginx diagnose web-1')
  const told = await until('the person is told', () => {
    const texts = slack.workspace.ephemerals(sam.id).map(({ text }) => text)
    return texts.find((text) => text.includes('not reachable'))
  })
  await redis.start()
  const verdict = await verdictOf('/nginx diagnose web-1')

  expect(told).toContain('Try again')
  expect(verdict).toContain('web-1')
}, 120_000)

test('a worker that is asked to stop in the middle hands the diagnosis back', async () => {
  const bot = startBot()
  const first = startWorker()
  await Promise.all([bot.ready(), first.ready()])
  const { verdict } = await midway()

  const code = await first.kill('SIGTERM')
  gate.open()
  await startWorker().ready()

  expect(code).toBe(0)
  expect(await verdict).toContain('web-1')
}, 120_000)

test('a signed alert becomes a thread in the channel of its host, without calling anybody, and is counted', async () => {
  const port = await freePort()
  const healthPort = await freePort()
  const secret = 'x'.repeat(40)
  const alerting = join(folder, 'alerting.yml')
  await writeFile(alerting, `channels: { default: C0EDGEALERT }\nalerts: { port: ${port} }\n`)
  const env = { GATEMEDIC_CONFIG: alerting, GATEMEDIC_ALERT_SECRET: secret, GATEMEDIC_HEALTH_PORT: `${healthPort}` }
  await Promise.all([startBot(env).ready(), startWorker().ready()])
  const body = JSON.stringify({
    id: 'a1',
    host: 'web-1',
    title: '5xx',
    status: 'firing',
    startsAt: '2026-11-21T03:04:00Z',
  })
  const timestamp = `${Math.floor(Date.now() / 1000)}`
  const headers = { 'x-gatemedic-timestamp': timestamp, 'x-gatemedic-signature': sign(secret, timestamp, body) }

  const response = await fetch(`http://127.0.0.1:${port}/alerts/generic`, { method: 'POST', body, headers })
  const texts = await until(
    'the thread has its answer',
    () => {
      const said = slack.workspace.messages('C0EDGEALERT').map(({ text }) => text)
      return said.length > 1 ? said : null
    },
    60_000,
  )

  expect(response.status).toBe(202)
  expect(texts.join('\n')).toContain('web-1')
  expect(texts.join('\n')).not.toContain('<@')
  const counted = await (await fetch(`http://127.0.0.1:${healthPort}/metrics`)).text()
  expect(counted).toContain('gatemedic_alerts_mapped_total{source="generic",outcome="mapped"} 1\n')
  expect(counted).toContain('gatemedic_diagnoses_asked_total{by="alert",outcome="queued"} 1\n')
  expect(counted).toMatch(/gatemedic_slack_calls_total\{method="chat.postMessage",outcome="ok"\} [1-9]/)
}, 120_000)

test.each<[string, Record<string, string>, RegExp]>([
  [
    'Redis is not there',
    { ROLE: 'worker', REDIS_URL: 'redis://:hunter2@127.0.0.1:1' },
    /^gatemedic: Redis at 127\.0\.0\.1:1 does not answer \(ECONNREFUSED\): start it, or set REDIS_URL.*\n$/,
  ],
  [
    'a worker has a token',
    { ROLE: 'worker', SLACK_BOT_TOKEN: 'xoxb-secret' },
    /^gatemedic: environment: SLACK_BOT_TOKEN is set, but a worker.*\n$/,
  ],
  [
    'the file is missing',
    { ROLE: 'worker', GATEMEDIC_CONFIG: '/none.yml' },
    /^gatemedic: \/none\.yml does not exist.*\n$/,
  ],
])(
  'when %s, one clear line says so',
  async (_what, env, message) => {
    const started = start(env)

    const code = await started.ended

    expect(code).toBe(1)
    expect(
      started
        .output()
        .split('\n')
        .filter((line) => !line.startsWith('{'))
        .join('\n'),
    ).toMatch(message)
    expect(started.output()).not.toMatch(/hunter2|xoxb-secret|at .*\.ts:/)
  },
  30_000,
)

test('a taken health port is one clear line', async () => {
  const port = await freePort()
  const other = createServer()
  await new Promise<void>((resolve) => other.listen(port, '0.0.0.0', resolve))

  const started = startWorker({ GATEMEDIC_HEALTH_PORT: `${port}` })
  const code = await started.ended
  await new Promise((resolve) => other.close(resolve))

  expect(code).toBe(1)
  expect(started.output()).toContain(
    `gatemedic: port ${port} on 0.0.0.0 is taken by another process: change GATEMEDIC_HEALTH_PORT`,
  )
}, 60_000)

test('a bad Slack token is one clear line', async () => {
  const started = startBot({ SLACK_BOT_TOKEN: 'xoxb-wrong' })

  const code = await started.ended

  expect(code).toBe(1)
  expect(started.output()).toMatch(/^gatemedic: .*token/m)
  expect(started.output()).not.toMatch(/xoxb-wrong|at .*\.ts:/)
}, 60_000)

test('the worker never learns a token: its environment has none', async () => {
  const worker = startWorker()
  await worker.ready()

  const environment = await readFile(`/proc/${worker.pid}/environ`, 'utf8')

  expect(environment).not.toMatch(/xoxb|xapp|SIGNING/)
}, 60_000)
