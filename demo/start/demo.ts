import { mkdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { alertmanager, dana, sam } from '../slack/cast.ts'
import { type StandIn, startStandIn } from '../slack/stand-in.ts'
import { type Child, lastLines, startChild } from './child.ts'
import { type DemoFiles, writeFiles } from './files.ts'
import { alertChannel } from './first-alert.ts'
import { type DemoHosts, openHosts } from './hosts.ts'
import { startOwnRedis } from './own-redis.ts'
import { nextFreePort } from './ports.ts'
import { makeRunFolder } from './run-folder.ts'
import { bannerText, hintsFor, type HostKind } from './words.ts'
import { makeKeys } from '../../src/signing/key-files.ts'

export interface DemoOptions {
  /** A Redis that runs already, or the program to start one with. */
  readonly redis: { readonly url: string } | { readonly program: string }
  readonly hosts: HostKind
  /** The page's; the next free one is taken when it is not free. */
  readonly port: number
  /** Folder for what the demo keeps: data. */
  readonly data: string
  /** Recorded probes take their recorded time, times this. */
  readonly pace: number
  readonly say: (line: string) => void
}

export interface Demo {
  readonly pageUrl: string
  readonly standIn: StandIn
  readonly hosts: DemoHosts
  /** Resolves when bot, worker or Redis ended by itself: with words for a person. */
  readonly broken: Promise<string>
  /** Ends every child, closes every port, removes the run's folder. Safe to call twice. */
  readonly stop: () => Promise<void>
}

/** Starts the whole product: Redis, stand-in with its page, hosts, bot and worker. When a part fails, what was started is stopped again. */
export async function startDemo(options: DemoOptions): Promise<Demo> {
  const folder = makeRunFolder(options.data)
  const auditDir = resolve(options.data, 'audit')
  mkdirSync(auditDir, { recursive: true, mode: 0o700 })
  // They stay as the audit does: where its chain ends is signed with them.
  const keysDir = resolve(options.data, 'keys')
  const closing: (() => Promise<void>)[] = [async () => rmSync(folder, { recursive: true, force: true })]
  const stop = async (): Promise<void> => {
    // The last thing that was started is the first to end; a stop that fails does not keep the others from ending.
    const failures: unknown[] = []
    for (let close = closing.pop(); close !== undefined; close = closing.pop()) {
      await close().catch((error: unknown) => failures.push(error))
    }
    if (failures.length > 0) throw new AggregateError(failures, 'the demo did not end cleanly')
  }
  try {
    const redis = 'url' in options.redis ? null : await startOwnRedis(options.redis.program, folder)
    if (redis) closing.push(redis.child.stop)
    const redisUrl = 'url' in options.redis ? options.redis.url : (redis?.url ?? '')

    const hosts = await openHosts(options.hosts, { folder, pace: options.pace, say: options.say })
    closing.push(hosts.close)
    const port = await nextFreePort(options.port)
    if (port !== options.port) options.say(`port ${options.port} is taken; the page is at ${port}`)
    const page = { port, banner: bannerText(options.hosts), hints: hintsFor(hosts.list) }
    const standIn = await startStandIn({ page, messageEvents: true })
    closing.push(() => standIn.close())

    const approvers = [dana.id, sam.id]
    const files = writeFiles({
      folder,
      hosts: hosts.reachable,
      approvers,
      alertChannel: alertChannel.id,
      alertBots: [alertmanager.botId],
      auditDir,
      keysDir,
    })
    await makeKeys(keysDir)
    const children = startRoles(files, folder, redisUrl, standIn)
    closing.push(async () => void (await Promise.all(children.map((child) => child.stop()))))
    const broken = firstToEnd([...children, ...(redis ? [redis.child] : [])])
    await Promise.race([connected(standIn), broken.then((words) => Promise.reject(new Error(words)))])
    return { pageUrl: standIn.pageUrl ?? '', standIn, hosts, broken, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Bot and worker as in production: two processes, the tokens only in the bot's environment, the key only in the worker's inventory. */
function startRoles(files: DemoFiles, folder: string, redisUrl: string, standIn: StandIn): readonly Child[] {
  const { PATH, HOME, TMPDIR } = process.env
  const common = { PATH, HOME, TMPDIR, REDIS_URL: redisUrl, NODE_ENV: 'production' }
  const tokens = { SLACK_BOT_TOKEN: standIn.botToken, SLACK_APP_TOKEN: standIn.appToken, SLACK_API_URL: standIn.apiUrl }
  const start = (role: 'bot' | 'worker', more: NodeJS.ProcessEnv): Child =>
    startChild({
      name: role,
      argv: [process.execPath, '--import', 'tsx', 'src/main.ts'],
      env: { ...common, ROLE: role, GATEMEDIC_CONFIG: files[role].config, ...more },
      log: join(folder, `${role}.log`),
    })
  return [start('worker', {}), start('bot', tokens)]
}

async function connected(standIn: StandIn): Promise<void> {
  await standIn.waitFor(() => standIn.connections() > 0, { deadlineMs: 30_000 })
}

function firstToEnd(children: readonly Child[]): Promise<string> {
  return Promise.race(
    children.map(async ({ name, ended, log }) => `${name} ended with exit code ${await ended}:\n${lastLines(log)}`),
  )
}
