import type { Fact } from '../diagnosis/fact.ts'
import type { BackendUnits } from '../probes/backend-units.ts'
import type { Sockets } from '../probes/sockets.ts'
import { hostOf, portOf } from '../symptoms/address.ts'
import { listenersAt } from './listening.ts'

/** Programs, by name or command line, that pass each connection on to who answers it. */
const forwarders =
  /\b(?:docker-proxy|socat|systemd-socket-proxyd|systemd-socket-|rootlessport|conmon|slirp4netns|pasta)/

/** `program`: a process name, which the kernel cuts to 15 characters (proc(5), comm), or a command line. */
export function passesOn(program: string): boolean {
  return forwarders.test(program)
}

/**
 * Where a process that only passes connections on sends them, read from its command line: docker-proxy, socat, systemd-socket-proxyd.
 * null for anything else: haproxy, envoy and the like say it in files of their own.
 */
export function forwardTarget(
  pid: number,
  backend: BackendUnits,
): { readonly target: string; readonly text: string } | null {
  const text = backend.ties.find((tie) => tie.endpoint === `pid:${pid}` && tie.kind === 'process')?.text ?? ''
  const target = dockerTarget(text) ?? socatTarget(text) ?? proxydTarget(text)
  return target === null ? null : { target, text }
}

function dockerTarget(text: string): string | null {
  const found = /docker-proxy\b.* -container-ip (\S+) -container-port (\d+)/.exec(text)
  return found ? `${found[1] ?? ''}:${found[2] ?? ''}` : null
}

function socatTarget(text: string): string | null {
  const found = /\bsocat\b.* TCP[46]?(?:-CONNECT)?:([\w.-]+):(\d+)/i.exec(text)
  return found ? `${found[1] ?? ''}:${found[2] ?? ''}` : null
}

function proxydTarget(text: string): string | null {
  const found = /\bsystemd-socket-proxyd\b.* ([\w.-]+):(\d+)\s*$/.exec(text)
  return found ? `${found[1] ?? ''}:${found[2] ?? ''}` : null
}

export interface Forwarder {
  readonly host: string
  readonly port: number
  /** Its command line. */
  readonly text: string
}

/** Addresses at which a process listens that only passes connections on, by its command line, and where to. */
export function forwardersAt(
  addresses: readonly string[],
  sockets: Fact<Sockets>,
  units: Fact<BackendUnits>,
): ReadonlyMap<string, Forwarder> {
  const found = new Map<string, Forwarder>()
  if (!sockets.known || !units.known) return found
  for (const address of addresses.filter((each) => !each.startsWith('unix:'))) {
    const owners = listenersAt(address, sockets.value).flatMap((listener) => listener.owners)
    const forward = owners.map(({ pid }) => forwardTarget(pid, units.value)).find((each) => each !== null)
    if (!forward) continue
    found.set(address, { host: hostOf(forward.target), port: portOf(forward.target), text: forward.text })
  }
  return found
}
