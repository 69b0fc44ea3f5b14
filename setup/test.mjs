// oxlint-disable-next-line import/no-unassigned-import -- an old Node is refused before anything else is loaded
import './node-version.mjs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { prepareLab } from './lab.mjs'
import { installNodeModules } from './node-modules.mjs'
import { readOptions } from './options.mjs'
import { inForeground } from './programs.mjs'
import { findOrInstallRedis } from './redis-server.mjs'
import { runSteps } from './steps.mjs'
import { takeReport, tally, tallyLine } from './tally.mjs'
import { installTestNeeds } from './test-needs.mjs'

const help = `npm test [-- --yes]

Sets up what the tests need and runs all checks: types, lint, format, tests.
  npm packages   npm ci, when node_modules is missing or older than package-lock.json
  Redis          redis-server or valkey-server; installed when missing (the tests start servers of their own on free ports)
  as root on Debian also chromium, an SSH server and what the lab hosts need; elsewhere those tests are left out, and said so
  --yes          installs without asking (also so when there is no terminal)
  CI=true        as root on Debian the lab tests must run: leaving them out is a failure
The last line counts: N passed, N failed.
`

const root = dirname(dirname(fileURLToPath(import.meta.url)))

await runSteps(async () => {
  const options = readOptions(process.argv.slice(2))
  if (options.help) {
    process.stdout.write(help)
    return 0
  }
  process.chdir(root)
  console.log('gatemedic: setting up the tests')
  await installNodeModules(root)
  await findOrInstallRedis(options)
  await installTestNeeds(options)
  const env = { ...process.env, ...(await prepareLab(root)) }

  const report = join(root, 'data', 'vitest.json')
  takeReport(report)
  const exitCode = await inForeground(['npm', 'run', 'check'], { env })
  console.log(`\n${tallyLine(tally(takeReport(report), exitCode))}`)
  return exitCode
})
