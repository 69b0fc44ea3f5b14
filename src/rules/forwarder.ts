import type { Fact } from '../diagnosis/fact.ts'
import type { BackendUnits } from '../probes/backend-units.ts'
import type { Firewall } from '../probes/firewall.ts'
import type { Sockets } from '../probes/sockets.ts'
import { hostOf, isLocal, portOf } from '../symptoms/address.ts'
import { natTarget } from './filter/nat-target.ts'
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
  /** A process says so by its command line; nat by a rule that every connection to the address meets. */
  readonly by: 'process' | 'iptables' | 'ip6tables' | 'nft' | 'firewalld'
  /** Its command line, or the rule. */
  readonly text: string
}

/** Addresses whose connections are passed on, by a process that does only that or by nat, and where to. */
export function forwardersAt(
  addresses: readonly string[],
  sockets: Fact<Sockets>,
  units: Fact<BackendUnits>,
  firewall: Fact<Firewall>,
): ReadonlyMap<string, Forwarder> {
  return new Map([...byProcess(addresses, sockets, units), ...byNat(addresses, firewall)])
}

/** Of connections to this host itself; what goes elsewhere may come from any of its addresses. */
function byNat(addresses: readonly string[], firewall: Fact<Firewall>): ReadonlyMap<string, Forwarder> {
  const found = new Map<string, Forwarder>()
  for (const address of addresses.filter((each) => !each.startsWith('unix:'))) {
    const to = hostOf(address)
    const carried = isLocal(address, [])
      ? natTarget({ from: [to], to, port: portOf(address), device: 'lo' }, firewall)
      : null
    if (carried) found.set(address, { host: carried.host, port: carried.port, by: carried.tool, text: carried.rule })
  }
  return found
}

function byProcess(
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
    const [host, port] = [hostOf(forward.target), portOf(forward.target)]
    found.set(address, { host, port, by: 'process', text: forward.text })
  }
  return found
}
