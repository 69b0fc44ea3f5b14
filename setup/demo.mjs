// oxlint-disable-next-line import/no-unassigned-import -- an old Node is refused before anything else is loaded
import './node-version.mjs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { installNodeModules } from './node-modules.mjs'
import { readOptions } from './options.mjs'
import { inForeground } from './programs.mjs'
import { findOrInstallRedis } from './redis-server.mjs'
import { runSteps, step } from './steps.mjs'

const help = `npm run demo [-- --yes] [-- --lab]

Starts the whole product on this machine without a Slack workspace: Redis, bot, worker, a stand-in for Slack with a page in the
browser, and recorded nginx hosts to diagnose. Ctrl-C ends all of it.
  --lab          real hosts under systemd-nspawn instead of recorded ones (root on Debian)
  --yes          installs what is missing (npm packages, redis-server) without asking; also so when there is no terminal
  REDIS_URL      uses this Redis instead of starting one
`

const root = dirname(dirname(fileURLToPath(import.meta.url)))

await runSteps(async () => {
  const options = readOptions(process.argv.slice(2), ['--lab'])
  if (options.help) {
    process.stdout.write(help)
    return 0
  }
  process.chdir(root)
  console.log('gatemedic: setting up the demo')
  await installNodeModules(root)
  const env = { ...process.env }
  if (env.REDIS_URL) step('Redis', 'the one that REDIS_URL names')
  else env.GATEMEDIC_REDIS_SERVER = await findOrInstallRedis(options)
  return inForeground([process.execPath, '--import', 'tsx', 'demo/main.ts', ...options.rest], { env, leash: true })
})
