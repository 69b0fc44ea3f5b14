import type { PathComponent, SocketPath } from '../probes/socket-paths.ts'

/** The first component of a path that keeps the user out by its mode; root passes everywhere. */
export function barrierFor(path: SocketPath, user: string, groups: readonly string[]): PathComponent | null {
  if (user === 'root') return null
  return path.components.find((component) => !hasList(component) && !mayPass(component, user, groups)) ?? null
}

/** The first component that has an access control list, whose entries may keep out whom the mode lets in. */
export function listedBarrier(path: SocketPath): PathComponent | null {
  return path.components.find(hasList) ?? null
}

/** "drwxr-xr-x+" of ls: the mode is not all, and that of the group is the mask of the list (acl(5)). */
function hasList({ mode }: PathComponent): boolean {
  return mode.endsWith('+')
}

/** Connecting needs write permission on the socket and search permission on every directory (unix(7)). */
function mayPass(component: PathComponent, user: string, groups: readonly string[]): boolean {
  const offset = component.owner === user ? 1 : groups.includes(component.group) ? 4 : 7
  const [, write = '-', execute = '-'] = component.mode.slice(offset, offset + 3)
  return component.mode.startsWith('s') ? write === 'w' : /[xst]/.test(execute)
}
