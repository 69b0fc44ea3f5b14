import { fileURLToPath } from 'node:url'
import { type Demo, startDemo } from './start/demo.ts'
import { alertHost, postFirstAlert } from './start/first-alert.ts'
import { startText } from './start/words.ts'

// The product on one machine without a Slack workspace; started by setup/demo.mjs, which sees to node_modules and Redis.

/** Where the page is unless that port is taken. */
const usualPort = 4600

const impatientAfterMs = 2000

process.chdir(fileURLToPath(new URL('..', import.meta.url)))
const ended = toldToEnd()
process.exitCode = await runDemo()
// The channel to the set-up script would keep this process alive.
if (process.connected) process.disconnect()

async function runDemo(): Promise<number> {
  try {
    // Whoever ends it while it still starts waits for that: only what is there can be stopped.
    const demo = await start()
    const words = await Promise.race([ended.then(() => null), announced(demo)])
    if (words !== null) console.error(`\n${words}\nThe demo ends.`)
    await demo.stop()
    return words === null ? 0 : 1
  } catch (error) {
    console.error(`\nThe demo could not start: ${error instanceof Error ? error.message : String(error)}`)
    return 1
  }
}

async function announced(demo: Demo): Promise<string> {
  console.log(startText(demo.pageUrl, hostKind(), demo.hosts.list))
  if (demo.hosts.list.some(({ name }) => name === alertHost)) postFirstAlert(demo.standIn)
  return demo.broken
}

function start(): Promise<Demo> {
  const { REDIS_URL: url, GATEMEDIC_REDIS_SERVER: program = 'redis-server' } = process.env
  return startDemo({
    redis: url ? { url } : { program },
    hosts: hostKind(),
    port: usualPort,
    data: 'data',
    pace: 1,
    say: (line) => console.log(`  ${line}`),
  })
}

function hostKind(): 'lab' | 'recorded' {
  return process.argv.includes('--lab') ? 'lab' : 'recorded'
}

/**
 * Ctrl-C, a polite kill, a closed terminal, or the end of the set-up script that started us. One wish can arrive twice (from the terminal and
 * from the script), so only a signal that comes later than that is taken as impatience: it ends this process at once, and its end takes the children along.
 */
function toldToEnd(): Promise<void> {
  return new Promise((resolve) => {
    let first: number | null = null
    const onSignal = (): void => {
      if (first !== null && Date.now() - first > impatientAfterMs) process.exit(130)
      first ??= Date.now()
      resolve()
    }
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal)
    if (process.connected) process.once('disconnect', () => resolve())
  })
}
