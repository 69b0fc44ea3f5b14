import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { dana } from '../../demo/slack/cast.ts'
import { type StandIn, startStandIn } from '../../demo/slack/stand-in.ts'
import type { LabHost } from '../../lab/host-handle.ts'
import { makeKeys } from '../../src/signing/key-files.ts'
import { freePort, startRedis, type TestRedis } from '../support/redis.ts'
import { type SeparateProcess, startAs } from './separate-process.ts'

export type Transport = 'socket' | 'http'

/** The product as it is installed: Redis, bot and worker as two processes of two users, each with its own files and secrets. */
export interface Installation {
  readonly standIn: StandIn
  readonly redis: TestRedis
  readonly bot: SeparateProcess
  readonly worker: SeparateProcess
  /** The worker's copy of the SSH key. */
  readonly keyFile: string
  readonly auditDir: string
  readonly users: { readonly bot: number; readonly worker: number }
  readonly close: () => Promise<void>
}

const users = { bot: 64_101, worker: 64_102 } as const

/** A host of the inventory. */
export interface Listed {
  readonly name: string
  readonly host: LabHost
  /** Units that may be acted on. */
  readonly units: readonly string[]
  readonly sites?: readonly string[]
  readonly groups?: readonly string[]
  /** Where it is, when not at the host's own address. */
  readonly address?: string
  /** Who acts, when not root. */
  readonly actUser?: { readonly user: string; readonly identityFile: string }
}

/** web-1 with the usual sites and units. */
export function web1(host: LabHost): Listed {
  return {
    name: 'web-1',
    host,
    units: ['checkout-api.service', 'checkout-api.socket', 'php8.2-fpm.service'],
    sites: ['shop.example.com'],
  }
}

/** What an installation has beside the usual: further keys of gatemedic.yml, and further variables of the bot. */
export interface Beside {
  readonly settings?: object
  readonly botVariables?: Readonly<Record<string, string>>
}

export async function install(
  listed: readonly Listed[],
  transport: Transport,
  { settings = {}, botVariables = {} }: Beside = {},
): Promise<Installation> {
  const folder = mkdtempSync(join(tmpdir(), 'gatemedic-acceptance-'))
  chmodSync(folder, 0o755)
  const redis = await startRedis()
  const port = await freePort()
  const standIn = await startStandIn({
    transport:
      transport === 'socket' ? { kind: 'socket' } : { kind: 'http', url: `http://127.0.0.1:${port}/slack/events` },
  })

  const keyFile = join(folderOf(folder, 'worker'), 'id_ed25519')
  // All lab hosts let the same key of root in.
  writeFileSync(keyFile, readFileSync(listed[0]?.host.identityFile ?? ''), { mode: 0o600 })
  chownSync(keyFile, users.worker, users.worker)
  const workerConfig = writeConfig(folder, 'worker', entriesOf(listed, keyFile), settings)
  const botConfig = writeConfig(folder, 'bot', entriesOf(listed, null), settings)

  await shareKeys(folder)
  const common = { REDIS_URL: redis.url, LOG_LEVEL: 'info', TMPDIR: '/tmp' }
  const worker = startAs(users.worker, { ...common, ROLE: 'worker', GATEMEDIC_CONFIG: workerConfig })
  const bot = startAs(users.bot, {
    ...common,
    ...botVariables,
    ROLE: 'bot',
    GATEMEDIC_CONFIG: botConfig,
    SLACK_API_URL: standIn.apiUrl,
    SLACK_BOT_TOKEN: standIn.botToken,
    ...(transport === 'socket'
      ? { SLACK_APP_TOKEN: standIn.appToken }
      : { SLACK_SIGNING_SECRET: standIn.signingSecret, SLACK_HTTP_PORT: `${port}` }),
  })
  const close = async (): Promise<void> => {
    await Promise.all([bot.stop(), worker.stop()])
    await standIn.close()
    await redis.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    await Promise.all([bot.ready(), worker.ready()])
  } catch (error) {
    await close()
    throw error
  }
  return { standIn, redis, bot, worker, keyFile, auditDir: join(folder, 'worker', 'audit'), users, close }
}

/** Whether a user may do something on this machine: "cat /path". */
export function can(uid: number, command: string): boolean {
  return (
    spawnSync('setpriv', [`--reuid=${uid}`, `--regid=${uid}`, '--clear-groups', '/bin/sh', '-c', command]).status === 0
  )
}

function folderOf(folder: string, role: 'bot' | 'worker'): string {
  const own = join(folder, role)
  mkdirSync(own, { recursive: true, mode: 0o700 })
  chownSync(own, users[role], users[role])
  return own
}

/** Each side gets its own keys and the other's public one, as after "gatemedic keys init". */
async function shareKeys(folder: string): Promise<void> {
  const made = join(folder, 'made')
  await makeKeys(made)
  for (const role of ['bot', 'worker'] as const) {
    const own = join(folder, role, 'keys')
    mkdirSync(own, { mode: 0o700 })
    renameSync(join(made, role), join(own, role))
    for (const path of [own, join(own, role), ...readdirSync(join(own, role)).map((name) => join(own, role, name))])
      chownSync(path, users[role], users[role])
  }
  rmSync(made, { recursive: true })
}

function writeConfig(folder: string, role: 'bot' | 'worker', hosts: object, settings: object): string {
  const own = folderOf(folder, role)
  writeFileSync(join(own, 'hosts.yml'), stringify({ hosts }, { lineWidth: 0 }))
  writeFileSync(
    join(own, 'gatemedic.yml'),
    stringify({ inventory: 'hosts.yml', approvers: [dana.id], auditDir: 'audit', ...settings }),
  )
  return join(own, 'gatemedic.yml')
}

function entriesOf(listed: readonly Listed[], keyFile: string | null): object {
  return Object.fromEntries(listed.map((each) => [each.name, entryOf(each, keyFile)]))
}

function entryOf(
  { host, units, sites = [], groups = [], address = host.address, actUser }: Listed,
  keyFile: string | null,
): object {
  const place = { address, user: 'root', hostKey: host.hostKey, ...(sites.length > 0 && { sites }), groups }
  if (keyFile === null) return place
  const identityFile = actUser ? actKey(actUser.identityFile, keyFile) : keyFile
  return { ...place, identityFile: keyFile, act: { user: actUser?.user ?? 'root', identityFile, units, nginx: true } }
}

/** The worker's own copy of the act user's key, beside that of the read user. */
function actKey(from: string, beside: string): string {
  const path = `${beside}_act`
  writeFileSync(path, readFileSync(from), { mode: 0o600 })
  chownSync(path, users.worker, users.worker)
  return path
}
