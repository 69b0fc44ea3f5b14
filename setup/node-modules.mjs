import { statSync } from 'node:fs'
import { join } from 'node:path'
import { quietly } from './programs.mjs'
import { step } from './steps.mjs'

/** Runs `npm ci` when node_modules is missing or was installed from an older lock file. */
export async function installNodeModules(root) {
  if (isCurrent(root)) {
    step('npm packages', 'as in package-lock.json')
    return
  }
  step('npm packages', 'npm ci (once; about half a minute)')
  // On Windows npm is a batch file; npm itself tells where its script is.
  const npm = process.env.npm_execpath === undefined ? ['npm'] : [process.execPath, process.env.npm_execpath]
  await quietly([...npm, 'ci', '--no-audit', '--no-fund', '--loglevel=error'])
}

/** npm writes node_modules/.package-lock.json at the end of each install. */
function isCurrent(root) {
  const installed = modified(join(root, 'node_modules', '.package-lock.json'))
  return installed !== null && installed >= (modified(join(root, 'package-lock.json')) ?? 0)
}

function modified(file) {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? null
}
