import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { stringify } from 'yaml'
import { recordedHost } from '../../demo/hosts/recorded-host.ts'
import { readRecording } from '../../demo/hosts/recordings.ts'
import { newKeyPair, startSshServer } from '../../demo/hosts/ssh-server.ts'
import { type StandIn, startStandIn } from '../../demo/slack/stand-in.ts'
import { sign } from '../../src/alerts/signature.ts'
import { makeKeys } from '../../src/signing/key-files.ts'
import { type GatemedicProcess, startGatemedic } from './gatemedic-process.ts'
import { type Durability, freePort, startRedis, type TestRedis } from './redis.ts'

export const stormSecret = 'a secret of more than thirty-two letters'
export const stormChannel = 'C0INCIDENTS'

export interface StormPlaceOptions {
  /** How many inventory hosts; all of them are one SSH server that answers from one recording. */
  readonly hosts: number
  /** Folder of demo/recordings. */
  readonly recording: string
  readonly digestAbove?: number
  /** How Redis writes to disk; every second when not said. */
  readonly durability?: Durability
}

/** Redis, stand-in, one SSH server for every host, and Gatemedic's own processes, to be put under a storm of alerts. */
export interface StormPlace {
  readonly redis: TestRedis
  readonly slack: StandIn
  readonly hosts: readonly string[]
  readonly url: string
  readonly startBot: () => Promise<GatemedicProcess>
  readonly startWorker: () => Promise<GatemedicProcess>
  /** How many times a host was asked for its first round, by user name of the log-in. */
  readonly looks: () => number
  readonly close: () => Promise<void>
}

export async function openStormPlace({
  hosts: many,
  recording,
  digestAbove = 5,
  durability = 'everysec',
}: StormPlaceOptions): Promise<StormPlace> {
  const folder = mkdtempSync(join(tmpdir(), 'gatemedic-storm-'))
  const [redis, slackPort, alertPort] = await Promise.all([startRedis(durability), freePort(), freePort()])
  const slack = await startStandIn({
    enforceRates: true,
    transport: { kind: 'http', url: `http://127.0.0.1:${slackPort}/slack/events` },
  })
  const key = newKeyPair()
  const identityFile = join(folder, 'id_ed25519')
  writeFileSync(identityFile, `${key.private.trimEnd()}\n`, { mode: 0o600 })
  const { answer } = recordedHost(await readRecording(recording), { now: () => new Date(), pace: 0 })
  let looks = 0
  const server = await startSshServer({
    users: { root: key.public },
    answer: (order, output) => {
      // The first question of round one, which every diagnosis asks once.
      if (order.script.includes('nginx-processes')) looks += 1
      return answer(order, output)
    },
  })
  const hosts = Array.from({ length: many }, (_, index) => `edge-${index + 1}`)
  await makeKeys(join(folder, 'keys'))
  const entry = { address: '127.0.0.1', port: server.port, user: 'root', hostKey: server.hostKey }
  const bot = configOf('bot', { ...entry })
  const worker = configOf('worker', { ...entry, identityFile })
  const running = new Set<GatemedicProcess>()

  function configOf(role: string, host: object): string {
    const own = join(folder, role)
    mkdirSync(own)
    const inventory = Object.fromEntries(hosts.map((name) => [name, host]))
    writeFileSync(join(own, 'hosts.yml'), stringify({ hosts: inventory }, { aliasDuplicateObjects: false }))
    const sources = { monitor: { type: 'generic', auth: 'hmac', perMinute: 100_000 } }
    const alerts = { port: alertPort, sources, digestAbove }
    const config = {
      inventory: 'hosts.yml',
      keysDir: join(folder, 'keys'),
      channels: { default: stormChannel },
      alerts,
    }
    writeFileSync(join(own, 'gatemedic.yml'), stringify({ ...config, diagnosesAtOnce: 10 }))
    return join(own, 'gatemedic.yml')
  }
  async function start(env: Readonly<Record<string, string>>): Promise<GatemedicProcess> {
    const child = startGatemedic({ REDIS_URL: redis.url, LOG_LEVEL: 'info', ...env })
    running.add(child)
    await child.ready()
    return child
  }
  return {
    redis,
    slack,
    hosts,
    url: `http://127.0.0.1:${alertPort}/alerts/monitor`,
    startBot: () =>
      start({
        ROLE: 'bot',
        GATEMEDIC_CONFIG: bot,
        GATEMEDIC_ALERT_SECRET_MONITOR: stormSecret,
        SLACK_API_URL: slack.apiUrl,
        SLACK_BOT_TOKEN: slack.botToken,
        SLACK_SIGNING_SECRET: slack.signingSecret,
        SLACK_HTTP_PORT: `${slackPort}`,
      }),
    startWorker: () => start({ ROLE: 'worker', GATEMEDIC_CONFIG: worker }),
    looks: () => looks,
    close: async () => {
      await Promise.all([...running].map((child) => child.kill('SIGKILL')))
      await Promise.all([server.close(), slack.close(), redis.stop()])
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export interface StormAlert {
  readonly id: string
  readonly host: string
  readonly title: string
  readonly status: 'firing' | 'resolved'
  readonly startsAt: string
}

/** Sends one alert, and again as a sender does while it is refused for the time being or nobody is there. ms of the try that was taken. */
export async function sendUntilTaken(url: string, alert: StormAlert, patienceMs = 60_000): Promise<number> {
  const body = JSON.stringify(alert)
  const deadline = Date.now() + patienceMs
  for (let tries = 1; ; tries += 1) {
    const timestamp = `${Math.floor(Date.now() / 1000)}`
    const headers = {
      'content-type': 'application/json',
      'x-gatemedic-timestamp': timestamp,
      'x-gatemedic-signature': sign(stormSecret, timestamp, body),
    }
    const began = performance.now()
    const status = await fetch(url, { method: 'POST', body, headers }).then(
      async (response) => {
        await response.text()
        return response.status
      },
      // Refused, or broken off because the bot died: the sender does not know, and sends again.
      () => 0,
    )
    if (status === 202 || status === 409) return performance.now() - began
    if (status !== 0 && status < 500 && status !== 429) throw new Error(`an alert was refused with ${status}`)
    if (Date.now() > deadline) throw new Error(`an alert was not taken within ${patienceMs} ms: ${status}`)
    await pause(Math.min(250 * tries, 2000))
  }
}
