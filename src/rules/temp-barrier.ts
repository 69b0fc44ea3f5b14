import type { NginxPath } from '../probes/nginx-paths.ts'
import type { PathComponent } from '../probes/socket-paths.ts'
import { isBelow } from './write-failures.ts'

/** The first component that keeps the user out, else something inside on the way to the file that does; root passes everywhere. */
export function barrierOf(
  place: NginxPath,
  file: string,
  user: string,
  groups: readonly string[],
): PathComponent | null {
  if (user === 'root') return null
  const above = place.components.find((each) => !mayPass(each, user, groups, each.path === place.path))
  if (above) return above
  const closed = place.foreign.filter((each) => !mayPass(each, user, groups, true))
  return closed.find((each) => isBelow(file, each.path)) ?? closed[0] ?? null
}

/** Search on every folder, write as well on the last one. */
function mayPass(
  { mode, owner, group }: PathComponent,
  user: string,
  groups: readonly string[],
  write: boolean,
): boolean {
  const offset = owner === user ? 1 : groups.includes(group) ? 4 : 7
  const [, mayWrite = '-', execute = '-'] = mode.slice(offset, offset + 3)
  if (mode.startsWith('d')) return /[xst]/.test(execute) && (!write || mayWrite === 'w')
  return mayWrite === 'w'
}

/** "drwxr-xr-x+" of ls (acl(5)). */
export function hasList({ mode }: PathComponent): boolean {
  return mode.endsWith('+')
}
