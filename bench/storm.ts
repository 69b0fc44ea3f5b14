import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { getPriority, loadavg, setPriority } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'
import { openRedis, type RedisClient } from '../src/redis.ts'
import { createLog } from '../src/log.ts'
import { openStormPlace, type StormPlace } from '../test/support/under-storm.ts'
import { until } from '../test/support/until.ts'

/**
 * Issue D, "Done when" 2: 10,000 signed alerts for 100 hosts in 60 s through the real intake, once in peace for the times and the
 * memory, once with bot and worker killed half-way for what is lost. Everything runs on this machine and shares its cores; what
 * would stand on other machines (worker, hosts, the stand-in for Slack) goes behind bot, Redis and sender while times are taken.
 */
const hosts = 100
const storm = { count: 10_000, perSecond: 10_000 / 60 } as const
const calm = { count: 60, perSecond: 1 } as const
const patienceMs = 180_000
/** As nice(1): of what is measured, and of the rest. */
const own = getPriority()
const behind = 10
/** A disk that others keep busy shows in every time, once a second. */
const memoryOnly = process.env['BENCH_REDIS'] === 'memory'

/** `only`: "peace" or "killed" for one of the two. */
export async function benchStorm(only: string | undefined): Promise<boolean> {
  let ok = true
  for (const kills of [false, true]) {
    if (only === (kills ? 'peace' : 'killed')) continue
    const result = await underStorm(kills)
    console.log(result.lines.join('\n'))
    ok &&= result.ok
  }
  return ok
}

async function underStorm(kills: boolean): Promise<{ readonly ok: boolean; readonly lines: readonly string[] }> {
  const place = await openStormPlace({ hosts, recording: 'web-1', durability: memoryOnly ? 'none' : 'everysec' })
  const client = await openRedis(place.redis.url, 'work', { log: createLog('silent') })
  try {
    const [bot, worker] = await Promise.all([place.startBot(), place.startWorker()])
    if (!kills) for (const pid of [worker.pid, process.pid]) setPriority(pid, behind)
    await pause(5000)
    const idle = residentMb(bot.pid)
    const before = kills ? [] : await send(place, calm, 1_000_000, 1)
    const memory = watchMemory(bot.pid)
    const cpu = cpuSeconds(bot.pid)
    const sending = send(place, storm, 0, hosts)
    if (kills) {
      await pause(30_000)
      await Promise.all([bot.kill('SIGKILL'), worker.kill('SIGKILL')])
      await Promise.all([place.startBot(), place.startWorker()])
    }
    const during = await sending
    const most = memory.stop()
    const spent = cpuSeconds(bot.pid) - cpu
    await settled(place, client).catch((error: unknown) => {
      console.error(
        bot
          .output()
          .split('\n')
          .filter((line) => !line.includes('"level":"info"'))
          .slice(-20)
          .join('\n'),
      )
      throw error
    })
    const checks = [
      ...(kills ? [] : speedChecks(before, during)),
      ...(kills
        ? []
        : [
            check(
              `bot: ${spent.toFixed(1)} s of processor time; load of the machine ${loadavg()[0]?.toFixed(1)}`,
              true,
            ),
          ]),
      ...(kills ? [] : [check(`bot memory: ${most} MiB at most, ${idle} MiB idle`, most <= 2 * idle)]),
      ...(await countChecks(place, client, kills ? storm.count : storm.count + calm.count)),
    ]
    const title = kills ? 'bot and worker killed after 30 s' : 'in peace'
    return { ok: checks.every(({ ok }) => ok), lines: [`\n${title}:`, ...checks.map(({ line }) => line)] }
  } finally {
    client.disconnect()
    setPriority(process.pid, own)
    await place.close()
  }
}

interface Check {
  readonly ok: boolean
  readonly line: string
}

function check(line: string, ok: boolean): Check {
  return { ok, line: `${ok ? 'ok  ' : 'FAIL'} ${line}` }
}

function speedChecks(before: readonly number[], during: readonly number[]): readonly Check[] {
  const [slow, fast] = [quantile(before, 0.99), quantile(during, 0.99)]
  const shown = (all: readonly number[]): string =>
    `p50 ${quantile(all, 0.5).toFixed(1)}, p99 ${quantile(all, 0.99).toFixed(1)}, most ${Math.max(...all).toFixed(1)} ms`
  return [
    check(`intake at one a second: ${shown(before)}`, true),
    check(
      `its p99 in ten parts: ${tenParts(during)
        .map((part) => quantile(part, 0.99).toFixed(0))
        .join(', ')} ms`,
      true,
    ),
    check(`intake at ${storm.perSecond.toFixed(0)} a second: ${shown(during)}`, fast <= 50 && fast <= 5 * slow),
  ]
}

async function countChecks(place: StormPlace, client: RedisClient, sent: number): Promise<readonly Check[]> {
  const names = (await client.keys('gatemedic:alerts:case:*')).filter((name) => !/:(?:hosts|titles|todo)$/.test(name))
  const cases = await Promise.all(names.map((name) => client.hmget(name, 'wtotal', 'into')))
  const counted = cases.reduce((sum, [total, into]) => sum + (into === null ? Number(total) : 0), 0)
  const diagnoses = (await client.keys('gatemedic:diagnosis:????????????????????????????????')).length
  const rates = [...place.slack.rates()].map(([method, { peakPerMinute, limit }]) => ({ method, peakPerMinute, limit }))
  const refused = place.slack.calls().filter(({ status }) => status === 429).length
  return [
    check(
      `${counted} of ${sent} alerts are counted in ${cases.filter(([, into]) => into === null).length} conversations`,
      counted === sent,
    ),
    check(`${diagnoses} diagnoses of ${hosts} hosts`, diagnoses <= hosts),
    ...rates.map(({ method, peakPerMinute, limit }) =>
      check(`${method}: ${peakPerMinute} a minute at most, ${limit} are granted`, peakPerMinute <= limit),
    ),
    check(`${refused} calls were turned away by the stand-in for Slack`, refused === 0),
  ]
}

async function settled(place: StormPlace, client: RedisClient): Promise<void> {
  await until('diagnoses end', async () => (await client.scard('gatemedic:diagnoses:open')) === 0, patienceMs)
  await until('hosts are begun', async () => (await client.zcard('gatemedic:alerts:todo')) === 0, patienceMs)
  await until('all is said', async () => (await client.scard('gatemedic:outboxes')) === 0, patienceMs)
  await until('fleets are told', async () => (await client.scard('gatemedic:fleets')) === 0, patienceMs)
  await until('every host is told of', () => hostsTold(place) >= hosts, patienceMs)
}

/** As the messages list them; of many the root names some and the thread all. */
function hostsTold({ slack }: StormPlace): number {
  const texts = slack.workspace.channels().flatMap(({ id }) => slack.workspace.messages(id).map(({ blocks }) => blocks))
  return new Set(JSON.stringify(texts).match(/edge-\d+/g) ?? []).size
}

function send(
  { url }: StormPlace,
  { count, perSecond }: { readonly count: number; readonly perSecond: number },
  first: number,
  among: number,
): Promise<readonly number[]> {
  const env = { URL: url, COUNT: `${count}`, PER_SECOND: `${perSecond}`, FIRST: `${first}`, HOSTS: `${among}` }
  const child = spawn(process.execPath, ['--import', 'tsx', 'bench/storm-sender.ts'], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (child.pid !== undefined) setPriority(child.pid, own)
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) =>
      code === 0 ? resolve(readNumbers(output)) : reject(new Error(`the sender ended with ${code}`)),
    )
  })
}

function readNumbers(json: string): readonly number[] {
  const read: unknown = JSON.parse(json)
  return Array.isArray(read) ? read.map(Number) : []
}

/** In the order in which they were due. */
function tenParts(all: readonly number[]): readonly (readonly number[])[] {
  const size = Math.ceil(all.length / 10)
  return Array.from({ length: 10 }, (_, part) => all.slice(part * size, (part + 1) * size))
}

function quantile(all: readonly number[], share: number): number {
  const sorted = all.toSorted((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}

function watchMemory(pid: number): { readonly stop: () => number } {
  let most = 0
  const timer = setInterval(() => (most = Math.max(most, residentMb(pid))), 500)
  return {
    stop: () => {
      clearInterval(timer)
      return most
    },
  }
}

/** utime and stime of proc_pid_stat(5), s. */
function cpuSeconds(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
    return (Number(fields[11]) + Number(fields[12])) / 100
  } catch {
    return 0
  }
}

/** VmRSS of proc_pid_status(5), MiB; 0 when it is gone. */
function residentMb(pid: number): number {
  try {
    return Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024)
  } catch {
    return 0
  }
}
