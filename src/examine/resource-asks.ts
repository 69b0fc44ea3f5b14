import { posix } from 'node:path'
import { buildPaths } from '../nginx/build-paths.ts'
import type { Endpoint } from '../nginx/config-endpoints.ts'
import { visit } from '../nginx/config-scope.ts'
import type { Facts } from '../probes/index.ts'
import { canFill } from '../probes/disk.ts'
import { isOpen } from '../symptoms/course.ts'
import type { Trouble } from '../symptoms/trouble.ts'

/** Most processes whose limits are asked for. */
const MOST_PIDS = 24

/** nginx's own processes, and who listens where it is told to connect. */
export function limitedPids(facts: Facts, endpoints: readonly Endpoint[]): readonly string[] {
  const { 'nginx-processes': processes, sockets, 'unix-sockets': unix } = facts
  const own = processes.known ? [...processes.value.masters, ...processes.value.workers].map(({ pid }) => pid) : []
  const used = new Set(endpoints.map((endpoint) => endpoint.port ?? endpoint.unix))
  const tcp = sockets.known ? sockets.value.listeners.filter((each) => used.has(each.port)) : []
  const paths = unix.known ? unix.value.listeners.filter((each) => used.has(each.path)) : []
  const backends = [...tcp, ...paths].flatMap(({ owners }) => owners.slice(0, 4).map(({ pid }) => pid))
  return [...new Set([...own.slice(0, MOST_PIDS / 2), ...backends])].slice(0, MOST_PIDS).map(String)
}

/** File systems that are full, or nearly: what fills them? */
export function fullMounts(facts: Facts): readonly string[] {
  if (!facts.disk.known) return []
  const { fileSystems, mounts } = facts.disk.value
  return fileSystems
    .filter((each) => canFill(each, mounts))
    .flatMap(({ mount, usedPercent, inodesUsedPercent }) => [
      ...(usedPercent >= 95 ? [`kB:${mount}`] : []),
      ...((inodesUsedPercent ?? 0) >= 98 ? [`inodes:${mount}`] : []),
    ])
    .slice(0, 2)
}

/**
 * Sampling takes a second, so only a host is sampled that looks loaded (more runs than there are CPUs, or tasks that wait for CPU,
 * memory or disk in a fifth of the time), or where somebody waited in vain.
 */
export function sampleSeconds(facts: Facts, troubles: readonly Trouble[]): readonly string[] {
  const { pressure, host } = facts
  const late = troubles.some(
    (trouble) => isOpen(trouble) && (trouble.kind === 'answer-timeout' || trouble.kind === 'connect-timeout'),
  )
  if (late) return ['1.5']
  if (!pressure.known || !host.known) return []
  const { load1, cpuSome10, memorySome10, ioSome10, memoryAvailableKb, memoryTotalKb } = pressure.value
  const waits = Math.max(cpuSome10 ?? 0, memorySome10 ?? 0, ioSome10 ?? 0)
  const loaded = load1 > Math.max(1, host.value.cpus) || waits > 20 || memoryAvailableKb < 0.05 * memoryTotalKb
  return loaded ? ['1'] : []
}

/** The master's program and the modules that the configuration loads; a relative module lies in the build's modules folder. */
export function binaryAsks(facts: Facts): readonly string[] {
  const { 'nginx-processes': processes, 'nginx-config': config, 'nginx-build': build } = facts
  const master = processes.known ? processes.value.masters[0] : undefined
  if (!master) return []
  const options = build.known ? build.value.configureArguments : ''
  const { prefix } = buildPaths(options)
  const folder = /--modules-path=([^\s']+)/.exec(options)?.[1]
  const modules = config.known
    ? visit(config.value.model.main)
        .filter(({ directive }) => directive.name === 'load_module')
        .flatMap(({ directive }) => directive.args[0] ?? [])
        .map((path) => resolved(path, prefix, folder))
    : []
  return [String(master.pid), ...new Set(modules.filter((path) => /^\/[\w./@:+-]{1,250}$/.test(path)))].slice(0, 20)
}

/** ngx_load_module: relative to the prefix; packages set the prefix to a folder with a link `modules` in it. */
function resolved(path: string, prefix: string, folder: string | undefined): string {
  if (path.startsWith('/')) return path
  return folder !== undefined && path.startsWith('modules/')
    ? posix.join(folder, path.slice(8))
    : posix.join(prefix, path)
}
