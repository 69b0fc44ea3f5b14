import type { PathComponent, SocketPath } from '../probes/socket-paths.ts'

/** The first component of a path that keeps the user out by its mode; root passes everywhere. */
export function barrierFor(path: SocketPath, user: string, groups: readonly string[]): PathComponent | null {
  if (user === 'root') return null
  return path.components.find((component) => !mayPass(component, user, groups)) ?? null
}

/** Connecting needs write permission on the socket and search permission on every directory (unix(7)). */
function mayPass(component: PathComponent, user: string, groups: readonly string[]): boolean {
  const offset = component.owner === user ? 1 : groups.includes(component.group) ? 4 : 7
  const [, write = '-', execute = '-'] = component.mode.slice(offset, offset + 3)
  return component.mode.startsWith('s') ? write === 'w' : /[xst]/.test(execute)
}
