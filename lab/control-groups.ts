import { mkdirSync, readdirSync, readFileSync, rmdirSync, existsSync } from 'node:fs'
import { join } from 'node:path'

/**
 * On a machine without systemd nobody gives each host a control group of its own: the init of every host would use the same
 * ones, and stopping nginx on one host would stop it on all. So each gets one below ours, in every hierarchy that init uses.
 * Returns the folders; none on a machine run by systemd, where nspawn asks it for a scope.
 */
export function makeControlGroups(machine: string): readonly string[] {
  const folders = groupFolders(machine)
  for (const folder of folders) mkdirSync(folder, { recursive: true })
  return folders
}

/** Removes what `makeControlGroups` made and what the host's init made below it. A group still in use is left. */
export function removeControlGroups(machine: string): void {
  for (const folder of groupFolders(machine)) removeTree(folder)
}

function groupFolders(machine: string): readonly string[] {
  if (existsSync('/run/systemd/system')) return []
  const own = ownGroups()
  return mountedHierarchies().flatMap(({ folder, controllers }) => {
    const path = own.get(controllers)
    // A new cpuset group has no processors and takes no process; the host's init does not use it.
    return path === undefined || controllers === 'cpuset' ? [] : [join(folder, path, `gatemedic-lab-${machine}`)]
  })
}

/** Lines of /proc/self/cgroup: `9:name=systemd:/`, `0::/` for the unified one. See cgroups(7). */
function ownGroups(): ReadonlyMap<string, string> {
  const lines = readFileSync('/proc/self/cgroup', 'utf8').trim().split('\n')
  return new Map(lines.map((line) => [line.split(':')[1] ?? '', line.split(':').slice(2).join(':')]))
}

interface Hierarchy {
  readonly folder: string
  readonly controllers: string
}

function mountedHierarchies(): readonly Hierarchy[] {
  return readFileSync('/proc/self/mounts', 'utf8')
    .split('\n')
    .map((line) => line.split(' '))
    .flatMap(([, folder = '', type, options = '']) => {
      if (type === 'cgroup2') return [{ folder, controllers: '' }]
      if (type !== 'cgroup') return []
      const flags = new Set(['rw', 'ro', 'relatime', 'nosuid', 'nodev', 'noexec', 'xattr'])
      return [
        {
          folder,
          controllers: options
            .split(',')
            .filter((option) => !flags.has(option))
            .join(','),
        },
      ]
    })
}

function removeTree(folder: string): void {
  try {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (entry.isDirectory()) removeTree(join(folder, entry.name))
    }
    rmdirSync(folder)
  } catch {
    // Gone already, or a process of the host is still dying in it: an empty group costs nothing and the next run removes it.
  }
}
