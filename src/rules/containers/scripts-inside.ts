import type { Container } from '../../probes/containers.ts'
import type { Trouble } from '../../symptoms/trouble.ts'
import { listenersAt } from '../listening.ts'
import type { OtherView } from '../script-diff.ts'
import type { Seen } from '../script-not-found.ts'
import { containerName, containersBehind, containerWord } from './behind.ts'

/** A script of the host that php, in a container, is told to run by the host's path: it has the folder under another one. */
interface Inside {
  readonly because: string
  readonly at: string
  readonly view: OtherView
  readonly container: string
}

/**
 * What the container behind the upstream has instead of this path: the folder around the script is mounted there elsewhere, and nothing is
 * mounted at the path itself. null where its mounts are not known, or none of them has to do with the script.
 */
export function seenInside(script: string, { address }: Trouble, seen: Seen): Inside | null {
  const running = address === null ? [] : containersAt(address, seen).filter(({ state }) => state === 'running')
  const [container, ...others] = running
  if (!container || others.length > 0 || container.mounts === null) return null
  if (container.mounts.some(({ at }) => isBelow(script, at))) return null
  const mount = container.mounts
    .filter(({ source }) => source !== '/' && isBelow(script, source))
    .toSorted((a, b) => b.source.length - a.source.length)[0]
  if (!mount) return null
  const { source, at } = mount
  return {
    because: `${containerName(container)}, which runs it, has ${source} as ${at}`,
    at: script,
    view: { folder: source, as: at },
    container: containerWord(container),
  }
}

/** By its published port or own address; by its first process where it shares the network of the host. */
function containersAt(address: string, { containers, sockets, host }: Seen): readonly Container[] {
  const behind = containersBehind(address, containers, host.addresses).map(({ container }) => container)
  if (behind.length > 0 || !containers.known || !sockets.known || address.startsWith('unix:')) return behind
  const owners = new Set(listenersAt(address, sockets.value).flatMap((each) => each.owners.map(({ pid }) => pid)))
  return containers.value.containers.filter(({ inside }) => inside?.sameNetwork === true && owners.has(inside.pid))
}

function isBelow(path: string, folder: string): boolean {
  return path.startsWith(`${folder.replace(/\/$/, '')}/`)
}
