import { randomBytes } from 'node:crypto'
import { policyHostsOf } from './approval/policy/policy-host.ts'
import { openPolicy } from './approval/policy/policy-in-force.ts'
import { AuditError } from './audit/audit.ts'
import { type Config, loadConfig } from './config.ts'
import { ConfigError } from './config-error.ts'
import { makeExamine } from './examine/examine.ts'
import { startHealthPort } from './health-port.ts'
import { connect } from './host/connect.ts'
import { InventoryError, type Inventory } from './host/inventory.ts'
import { openInventory } from './host/inventory-in-force.ts'
import { createPool } from './host/pool.ts'
import { run } from './host/run.ts'
import { HostUnreachableError } from './host/unreachable.ts'
import { NotReachedError, type RunAsActUser } from './jobs/act-parts.ts'
import { PortTakenError } from './listen.ts'
import { createLog } from './log.ts'
import { createMetrics } from './metrics.ts'
import { openRedis, RedisUnreachableError } from './redis.ts'
import { redactText } from './redact/redact-text.ts'
import { runBot } from './run-bot.ts'
import { runWorker } from './run-worker.ts'
import { makeKeys } from './signing/key-files.ts'
import { SlackStartError } from './slack/slack-errors.ts'
import { type Stoppable, stopInOrder } from './stop-in-order.ts'

/** Mistakes of set-up and surroundings: their message is all that a person needs. Anything else is a bug and shows its stack. */
const plainErrors = [ConfigError, InventoryError, RedisUnreachableError, PortTakenError, AuditError, SlackStartError]

const now = (): Date => new Date()
const newId = (): string => randomBytes(16).toString('hex')

async function start(config: Config, started: Stoppable[]): Promise<void> {
  const log = createLog(config.logLevel)
  const inventory = await openInventory(config.file.inventory, log)
  // One process holds both sides: nobody else needs these keys, so they need no command of their own.
  if (config.role === 'all' && (await makeKeys(config.file.keysDir)))
    log.info({ keysDir: config.file.keysDir }, 'signing keys were made')
  const { policy: path = null, approvers } = config.file
  const policy = await openPolicy({ path, approvers, hosts: () => policyHostsOf(inventory.current()), log })
  // On a terminal without a policy file a hang-up stays what it is everywhere: the terminal is gone.
  if (path !== null || !process.stdout.isTTY)
    process.on('SIGHUP', () => void inventory.reload().then(() => (path === null ? undefined : policy.reload())))
  const common = { log, now, newId, inventory: inventory.current, policy: policy.current }
  const metrics = createMetrics({ ofProcess: config.healthPort !== null })
  if (config.healthPort !== null) {
    const client = await openRedis(config.redisUrl, 'ask', { log })
    started.push({ name: 'redis of the health port', stop: () => client.disconnect() })
    started.push({ name: 'health port', stop: (await startHealthPort(config.healthPort, client, metrics)).close })
  }
  if (config.role !== 'bot') {
    const pool = createPool(common.inventory, { idleMs: 60_000, budgetMs: 8000 })
    started.push({ name: 'ssh connections', stop: pool.close })
    const examine = makeExamine({
      inventory: common.inventory,
      pool,
      budgetSeconds: config.file.budgetSeconds,
      maskClients: config.file.maskClients,
    })
    await runWorker(config, { ...common, examine, runAsActUser: actOn(inventory.current), redact: redactText }, started)
  }
  if (config.slack) await runBot(config, config.slack, { ...common, metrics }, started)
  onSignal(() => stopInOrder(started, log))
}

/** Actions are rare: each has a connection of its own, as the act user, which ends with it. */
function actOn(listed: () => Inventory): RunAsActUser {
  return async (host, script, args, { signal, seconds }) => {
    const inventory = listed()
    const as = inventory.hosts.get(host)?.act
    if (!as) throw new RangeError(`${host} has no act user in the inventory`)
    const connection = await connect(host, inventory, { budgetMs: 10_000, signal, as }).catch((error: unknown) => {
      throw error instanceof HostUnreachableError ? new NotReachedError(error.message, { cause: error }) : error
    })
    try {
      return await run(connection, script, args, { signal, seconds })
    } finally {
      connection.close()
    }
  }
}

/** The first signal stops in order, a second one at once. */
function onSignal(stop: () => Promise<void>): void {
  let stopping = false
  const onEither = (): void => {
    if (stopping) process.exit(1)
    stopping = true
    void stop().finally(() => process.exit(0))
  }
  process.on('SIGTERM', onEither)
  process.on('SIGINT', onEither)
}

const started: Stoppable[] = []
try {
  const config = await loadConfig(process.env)
  await start(config, started)
} catch (error) {
  const plain = plainErrors.some((kind) => error instanceof kind) && error instanceof Error
  process.stderr.write(`gatemedic: ${plain ? error.message : String(error instanceof Error ? error.stack : error)}\n`)
  await stopInOrder(started, createLog('silent'))
  process.exit(1)
}
