import { spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { giveAddresses } from './addresses.ts'
import { makeControlGroups } from './control-groups.ts'
import { nspawnArguments } from './nspawn-arguments.ts'
import { identify, isAlive, killIfAlive, type ProcessIdentity } from './process-identity.ts'
import { hostFiles, type HostIdentity } from './host-files.ts'
import type { Subnet } from './subnet.ts'
import { until } from './until.ts'

/** The two processes of a host: nspawn on this machine, and the init inside seen from here. */
export interface Container {
  readonly nspawn: ProcessIdentity
  readonly init: ProcessIdentity
}

export interface BootRequest {
  readonly root: string
  readonly machine: string
  readonly folder: string
  readonly subnet: Subnet
  readonly identity: HostIdentity
  readonly signal?: AbortSignal
}

// The group is joined by the shell before it becomes nspawn: moving a process later would leave its children behind.
const joinGroups = 'for group in $1; do echo $$ >"$group/cgroup.procs" || exit 1; done; shift; exec systemd-nspawn "$@"'

/** Boots a throw-away copy of `root` and gives it its addresses; returns when its init runs, long before its services do. */
export async function boot(request: BootRequest): Promise<Container> {
  const { root, folder, machine, subnet, signal } = request
  const files = join(folder, 'host-files.conf')
  writeFileSync(files, hostFiles(request.identity), { mode: 0o600 })
  const log = openSync(join(folder, 'console.log'), 'w', 0o600)
  const groups = makeControlGroups(machine)
  // Detached: Ctrl-C is for us to handle, and a host outlives the command that started it.
  const { hostname } = request.identity
  const nspawnArgv = nspawnArguments({ root, machine, hostname, interfaceName: subnet.interfaceName, hostFiles: files })
  const child = spawn('sh', ['-c', joinGroups, 'sh', groups.join(' '), ...nspawnArgv], {
    stdio: ['ignore', log, log],
    detached: true,
    env: { PATH: process.env['PATH'] },
  })
  closeSync(log)
  child.unref()
  const nspawn = child.pid === undefined ? null : identify(child.pid)
  if (nspawn === null) throw new Error('systemd-nspawn did not start')
  try {
    const init = await until(
      { what: `init of ${machine}`, seconds: 20, everyMs: 20, ...(signal && { signal }) },
      async () => {
        if (!isAlive(nspawn))
          throw new Error(`systemd-nspawn ended: ${readFileSync(join(folder, 'console.log'), 'utf8').trim()}`)
        const value = initBelow(nspawn.pid)
        return value === null ? 'not there' : { value }
      },
    )
    await giveAddresses(init.pid, subnet)
    return { nspawn, init }
  } catch (cause) {
    await stopContainer({ nspawn, init: initBelow(nspawn.pid) ?? nspawn })
    throw cause
  }
}

/** Kills the init, which takes the whole host with it, and waits until nspawn has cleaned up behind it. */
export async function stopContainer(container: Container): Promise<void> {
  killIfAlive(container.init, 'SIGKILL')
  await until({ what: 'systemd-nspawn to end', seconds: 10, everyMs: 20 }, async () =>
    isAlive(container.nspawn) ? 'still there' : { value: true },
  )
}

/** The init is the child of nspawn that is number 1 in its own process namespace. */
function initBelow(pid: number): ProcessIdentity | null {
  for (const child of childrenOf(pid)) {
    const status = read(`/proc/${child}/status`)
    if (/^NSpid:\s+\d+\s+1$/m.test(status) && /^Name:\s+systemd$/m.test(status)) return identify(child)
  }
  return null
}

function childrenOf(pid: number): readonly number[] {
  return read(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean).map(Number)
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return '' // The process ended meanwhile; the caller looks again.
  }
}
