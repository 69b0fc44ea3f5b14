import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { sam } from '../demo/slack/cast.ts'
import { startStandIn, type StandIn } from '../demo/slack/stand-in.ts'
import { type GatemedicProcess, startGatemedic } from './support/gatemedic-process.ts'
import { freePort, startRedis, type TestRedis } from './support/redis.ts'
import { startSshHost, type SshHost } from './support/ssh-host.ts'
import { until } from './support/until.ts'

let redis: TestRedis
let host: SshHost
let slack: StandIn
let folder: string
const processes: GatemedicProcess[] = []

beforeAll(async () => {
  ;[redis, host, slack] = await Promise.all([startRedis(), startSshHost(), startStandIn()])
  folder = await mkdtemp(join(tmpdir(), 'gatemedic-main-'))
  const web1 = host.inventory.hosts.get('web-1')
  const { address, port, user, identityFile, hostKey } = web1 ?? {}
  await writeFile(
    join(folder, 'hosts.yml'),
    JSON.stringify({ hosts: { 'web-1': { address, port, user, identityFile, hostKey } } }),
  )
  await writeFile(join(folder, 'gatemedic.yml'), `approvers: [${sam.id}]\n`)
})

afterEach(async () => {
  for (const each of processes.splice(0)) await each.kill('SIGKILL')
})

afterAll(async () => {
  await Promise.all([slack.close(), host.close()])
  await redis.stop()
  await rm(folder, { recursive: true, force: true })
})

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

function rootText(index: number): string {
  const ts = roots()[index]
  return (ts === undefined ? undefined : slack.workspace.message(channel, ts))?.text ?? ''
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

test('a worker that is killed in the middle loses nothing: the next one brings the answer', async () => {
  const bot = startBot()
  const first = startWorker()
  await Promise.all([bot.ready(), first.ready()])
  const before = roots().length
  const answered = verdictOf('/nginx diagnose web-1')
  await until('the first worker is at it', () => /asking|general questions|answers/.test(rootText(before)), 30_000)
  await first.kill('SIGKILL')
  const second = startWorker()
  await second.ready()

  expect(await answered).toContain('web-1')
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
}, 30_000)

test('a bad Slack token is one clear line', async () => {
  const started = startBot({ SLACK_BOT_TOKEN: 'xoxb-wrong' })

  const code = await started.ended

  expect(code).toBe(1)
  expect(started.output()).toMatch(/^gatemedic: .*token/m)
  expect(started.output()).not.toMatch(/xoxb-wrong|at .*\.ts:/)
}, 30_000)

test('the worker never learns a token: its environment has none', async () => {
  const worker = startWorker()
  await worker.ready()

  const environment = await readFile(`/proc/${worker.pid}/environ`, 'utf8')

  expect(environment).not.toMatch(/xoxb|xapp|SIGNING/)
}, 30_000)
