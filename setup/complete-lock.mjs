// npm leaves out of package-lock.json what the registry in use did not have when the lock was written: a mirror often lacks the
// native builds for other systems. `npm ci` then refuses the whole lock ("Missing: ... from lock file"), on every system.
// Run after `npm install NAME`: node setup/complete-lock.mjs
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const systems = ['android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32']
const processors = ['arm64', 'x64', 'arm', 'ia32', 'ppc64', 'riscv64', 's390x', 'loong64', 'mips64el', 'wasm32']

/**
 * Entries that a lock lacks for the optional dependencies of its packages; system, processor and libc are read off the names.
 * @param {{ packages: Record<string, Record<string, unknown>> }} lock
 * @returns {Record<string, Record<string, unknown>>}
 */
export function missingEntries(lock) {
  const missing = {}
  for (const [at, entry] of Object.entries(lock.packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      const places = [`node_modules/${name}`, `${at}/node_modules/${name}`]
      if (places.some((place) => place in lock.packages)) continue
      missing[`node_modules/${name}`] = entryFor(name, version, entry.dev === true)
    }
  }
  return missing
}

function entryFor(name, version, dev) {
  const os = systems.find((system) => name.includes(system))
  const cpu = processors.find((processor) => name.includes(processor))
  const libc = name.includes('musl') ? 'musl' : name.includes('linux') && name.includes('gnu') ? 'glibc' : undefined
  return {
    version: version.replace(/^[\^~]/, ''),
    ...(cpu && { cpu: [cpu] }),
    ...(dev && { dev: true }),
    ...(libc && { libc: [libc] }),
    optional: true,
    ...(os && { os: [os] }),
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'))
  const missing = missingEntries(lock)
  const all = Object.entries({ ...lock.packages, ...missing }).toSorted(([a], [b]) => a.localeCompare(b, 'en'))
  writeFileSync('package-lock.json', `${JSON.stringify({ ...lock, packages: Object.fromEntries(all) }, null, 2)}\n`)
  console.log(`package-lock.json: ${Object.keys(missing).length} entries for other systems added`)
}
