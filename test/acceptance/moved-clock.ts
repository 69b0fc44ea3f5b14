import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { recordedHost } from '../../demo/hosts/recorded-host.ts'
import { readRecording } from '../../demo/hosts/recordings.ts'
import { newKeyPair, startSshServer } from '../../demo/hosts/ssh-server.ts'
import { dana } from '../../demo/slack/cast.ts'
import { type StandIn, startStandIn } from '../../demo/slack/stand-in.ts'
import { policyHostsOf } from '../../src/approval/policy/policy-host.ts'
import { openPolicy } from '../../src/approval/policy/policy-in-force.ts'
import { loadConfig } from '../../src/config.ts'
import { makeExamine } from '../../src/examine/examine.ts'
import { connect } from '../../src/host/connect.ts'
import { type Inventory, loadInventory } from '../../src/host/inventory.ts'
import { createPool } from '../../src/host/pool.ts'
import { run } from '../../src/host/run.ts'
import type { RunAsActUser } from '../../src/jobs/act-parts.ts'
import { createMetrics } from '../../src/metrics.ts'
import { redactText } from '../../src/redact/redact-text.ts'
import { runBot } from '../../src/run-bot.ts'
import { runWorker } from '../../src/run-worker.ts'
import { makeKeys } from '../../src/signing/key-files.ts'
import { type Stoppable, stopInOrder } from '../../src/stop-in-order.ts'
import { newId, quiet } from '../support/bench-of-queues.ts'
import { startRedis, type TestRedis } from '../support/redis.ts'

/** The whole product beside a recorded host, with one clock for all of it that can be put forward. */
export interface MovedClock {
  readonly standIn: StandIn
  readonly redis: TestRedis
  /** GATEMEDIC_CONFIG. */
  readonly config: string
  readonly later: (hours: number) => void
  /** The host is as broken as it was recorded. */
  readonly breakAgain: () => void
  /** Ends bot and worker, kills Redis, and starts them on what is on disk. */
  readonly restartAll: (options?: { readonly meanwhile?: () => Promise<void> }) => Promise<void>
  readonly close: () => Promise<void>
}

/** @param settings further keys of gatemedic.yml */
export async function withMovedClock(
  host: string,
  settings: Readonly<Record<string, unknown>> = {},
): Promise<MovedClock> {
  const folder = mkdtempSync(join(tmpdir(), 'gatemedic-clock-'))
  let ahead = 0
  const now = (): Date => new Date(Date.now() + ahead)
  const recording = await readRecording(host)
  const broken = () => recordedHost(recording, { now, pace: 0 })
  let current = broken()
  const key = newKeyPair()
  const sshd = await startSshServer({ answer: (...asked) => current.answer(...asked), users: { root: key.public } })
  const redis = await startRedis()
  const standIn = await startStandIn({ transport: { kind: 'socket' } })
  const env = {
    REDIS_URL: redis.url,
    GATEMEDIC_CONFIG: writeFiles(folder, host, sshd, key.private, settings),
    SLACK_API_URL: standIn.apiUrl,
    SLACK_BOT_TOKEN: standIn.botToken,
    SLACK_APP_TOKEN: standIn.appToken,
  }
  await makeKeys(join(folder, 'keys'))

  let started: Stoppable[] = []
  const stop = () => stopInOrder(started.splice(0), quiet)
  async function start(): Promise<void> {
    started = []
    await startProduct(env, now, started)
  }
  await start()
  return {
    standIn,
    redis,
    config: env.GATEMEDIC_CONFIG,
    later: (hours) => void (ahead += hours * 3600_000),
    breakAgain: () => void (current = broken()),
    restartAll: async ({ meanwhile } = {}) => {
      await stop()
      await redis.restart()
      await meanwhile?.()
      await start()
    },
    close: async () => {
      await stop()
      await standIn.close()
      await sshd.close()
      await redis.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** As src/main.ts does, but for the clock. */
async function startProduct(
  env: Readonly<Record<string, string>>,
  now: () => Date,
  started: Stoppable[],
): Promise<void> {
  const config = await loadConfig(env)
  const inventory = await loadInventory(config.file.inventory)
  const { approvers } = config.file
  const hosts = () => policyHostsOf(inventory)
  const policy = (await openPolicy({ path: null, approvers, hosts, log: quiet })).current
  const common = { log: quiet, now, newId, inventory: () => inventory, policy }
  const pool = createPool(common.inventory, { idleMs: 60_000, budgetMs: 8000 })
  started.push({ name: 'ssh connections', stop: pool.close })
  const examine = makeExamine({
    inventory: common.inventory,
    pool,
    budgetSeconds: config.file.budgetSeconds,
    maskClients: false,
  })
  await runWorker(config, { ...common, examine, runAsActUser: actOn(inventory), redact: redactText }, started)
  if (config.slack === null) throw new Error('the bot has no tokens')
  const metrics = createMetrics({ ofProcess: false })
  await runBot(config, config.slack, { ...common, metrics }, started)
}

function actOn(inventory: Inventory): RunAsActUser {
  return async (host, script, args, { signal, seconds }) => {
    const as = inventory.hosts.get(host)?.act
    const connection = await connect(host, inventory, { budgetMs: 10_000, signal, ...(as && { as }) })
    try {
      return await run(connection, script, args, { signal, seconds })
    } finally {
      connection.close()
    }
  }
}

function writeFiles(
  folder: string,
  host: string,
  { port, hostKey }: { readonly port: number; readonly hostKey: string },
  key: string,
  settings: Readonly<Record<string, unknown>>,
): string {
  const identityFile = join(folder, 'id_ed25519')
  writeFileSync(identityFile, `${key.trimEnd()}\n`, { mode: 0o600 })
  const act = { user: 'root', identityFile, units: ['checkout-api.service'], nginx: true }
  const entry = { address: '127.0.0.1', port, user: 'root', identityFile, hostKey, act, groups: ['edge'] }
  writeFileSync(join(folder, 'hosts.yml'), stringify({ hosts: { [host]: entry } }, { lineWidth: 0 }))
  const path = join(folder, 'gatemedic.yml')
  writeFileSync(path, stringify({ approvers: [dana.id], ...settings }))
  return path
}
