import type { ServedPath } from '../probes/served-paths.ts'
import type { PathComponent } from '../probes/socket-paths.ts'

/** May this user enter the directory, or read the file? By the classic modes alone (path_resolution(7)); root may everything. */
export function mayUse(component: PathComponent, user: string, groups: readonly string[]): boolean {
  if (user === 'root') return true
  const offset = component.owner === user ? 1 : groups.includes(component.group) ? 4 : 7
  const [read = '-', , execute = '-'] = component.mode.slice(offset, offset + 3)
  return component.mode.startsWith('d') ? /[xst]/.test(execute) : read === 'r'
}

/** The first component along the path that keeps the user out; null when none of those seen does. */
export function barrierOn(path: ServedPath, user: string, groups: readonly string[]): PathComponent | null {
  return path.components.find((component) => !mayUse(component, user, groups)) ?? null
}
