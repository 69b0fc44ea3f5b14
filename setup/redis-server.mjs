import { findProgram } from './programs.mjs'
import { SetupError, step } from './steps.mjs'
import { installPackages, keepServicesOff, packageInstaller } from './system-packages.mjs'

/** Path of a Redis server program; installed when there is none. Nothing is started here. */
export async function findOrInstallRedis({ yes }) {
  const present = findServer()
  if (present !== null) {
    step('Redis', `${present} is here`)
    return present
  }
  const installer = packageInstaller()
  const packages = [installer?.name === 'brew' ? 'redis' : 'redis-server']
  if (installer === null || !(await installPackages(installer, 'Redis', packages, { yes })))
    throw new SetupError(howToGetRedis)
  // The server of this project is started by the project with a folder of its own; the distribution's service would hold port 6379 for nothing.
  await keepServicesOff(['redis-server.service'])
  const installed = findServer()
  if (installed === null)
    throw new SetupError(`${installer.command(packages)} went well, but there is still no redis-server on PATH.`)
  step('Redis', `${installed} installed; its own service stays off`)
  return installed
}

const howToGetRedis = [
  'Redis is needed: install the package redis-server (Debian, Ubuntu), redis (Fedora, Homebrew) or valkey, then run this again;',
  'or start one with `docker compose up -d redis`, and the demo with REDIS_URL=redis://127.0.0.1:6379 npm run demo.',
].join('\n')

function findServer() {
  return findProgram('redis-server') ?? findProgram('valkey-server')
}
