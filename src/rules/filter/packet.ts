import { BlockList, isIPv6 } from 'node:net'

/** The first packet of a connection, or the answer to it, as a packet filter sees it. */
export interface Packet {
  /** Addresses that the connection may come from: one of them is true. */
  readonly from: readonly string[]
  readonly to: string
  readonly port: number
  /** The interface: "lo" for a connection of a host to itself, "br-shop"; null when it is not known (but not lo). */
  readonly device: string | null
  /** The answer on its way back: from `to` and `port`, to a port that the kernel chose. */
  readonly back?: boolean
}

/** Whether a condition of a rule holds for the packet; `maybe` for what the rules alone do not tell (interfaces, sets, limits). */
export type Match = 'yes' | 'no' | 'maybe'

export interface Blocking {
  /** nat: it does not stop the packet, it sends it elsewhere. */
  readonly kind: 'drop' | 'reject' | 'nat'
  readonly chain: string
  readonly rule: string
}

/** What becomes of the packet. `unsure`: a rule before may or may not have decided; `may` are those that would have stopped it. */
export type Verdict =
  | { readonly kind: 'accept' }
  | Blocking
  | { readonly kind: 'unsure'; readonly may: readonly Blocking[] }

export function allOf(matches: readonly Match[]): Match {
  if (matches.includes('no')) return 'no'
  return matches.includes('maybe') ? 'maybe' : 'yes'
}

export function anyOf(matches: readonly Match[]): Match {
  if (matches.includes('yes')) return 'yes'
  return matches.includes('maybe') ? 'maybe' : 'no'
}

export function inverted(match: Match): Match {
  return match === 'maybe' ? 'maybe' : match === 'yes' ? 'no' : 'yes'
}

export function sourcesOf({ from, to, back }: Packet): readonly string[] {
  return back === true ? [to] : from
}

export function destinationsOf({ from, to, back }: Packet): readonly string[] {
  return back === true ? from : [to]
}

/** null: a port that the kernel chose for the connecting side. */
export function sourcePortOf({ port, back }: Packet): number | null {
  return back === true ? port : null
}

export function destinationPortOf({ port, back }: Packet): number | null {
  return back === true ? null : port
}

/** As connection tracking sees it: the first packet is new, its answer belongs to a connection. */
export function hasState(states: readonly string[], { back }: Packet): Match {
  const own = back === true ? 'established' : 'new'
  return states.some((each) => each.trim().toLowerCase() === own) ? 'yes' : 'no'
}

/** "10.0.3.0/24", "10.0.3.7", "fe80::/10", "10.0.0.1-10.0.0.9"; a name or anything else is a maybe. */
export function matchesAddress(pattern: string, addresses: readonly string[]): Match {
  const results = addresses.map((address) => holds(pattern, address))
  if (results.every((each) => each === 'no')) return 'no'
  return results.every((each) => each === 'yes') ? 'yes' : 'maybe'
}

function holds(pattern: string, address: string): Match {
  const type = isIPv6(address) ? 'ipv6' : 'ipv4'
  const [net = '', length] = pattern.split('/')
  if (isIPv6(net) !== (type === 'ipv6')) return /^[\d.:a-f/-]+$/i.test(pattern) ? 'no' : 'maybe'
  const list = new BlockList()
  try {
    const [low, high] = pattern.split('-')
    if (low !== undefined && high !== undefined) list.addRange(low, high, type)
    else if (length === undefined) list.addAddress(net, type)
    else list.addSubnet(net, prefixLength(length), type)
  } catch {
    return 'maybe' // Not an address as we know them: a name, a set, a mask with holes.
  }
  return list.check(address, type) ? 'yes' : 'no'
}

/** "24", or "255.255.255.0". */
function prefixLength(text: string): number {
  if (/^\d+$/.test(text)) return Number(text)
  return text
    .split('.')
    .map((part) => Number(part).toString(2).replaceAll('0', '').length)
    .reduce((sum, bits) => sum + bits, 0)
}

/** The kernel chooses no port below this one, whatever ip_local_port_range says (ip-sysctl.rst). */
const LOWEST_CHOSEN = 1024
const HIGHEST_PORT = 65_535

/** "8080", "8000:8099", "8000-8099". */
export function matchesPort(pattern: string, port: number | null): Match {
  const [low, high] = pattern.split(/[:-]/).map(Number)
  if (low === undefined || Number.isNaN(low)) return 'maybe'
  const last = high ?? low
  if (port !== null) return port >= low && port <= last ? 'yes' : 'no'
  if (low <= LOWEST_CHOSEN && last >= HIGHEST_PORT) return 'yes'
  return last < LOWEST_CHOSEN ? 'no' : 'maybe'
}

/** "lo", "eth0", "br-+" or "br-*" (any ending). */
export function matchesDevice(pattern: string, { device }: Packet): Match {
  const open = /^(.*)[+*]$/.exec(pattern)?.[1]
  if (device !== null) return (open === undefined ? device === pattern : device.startsWith(open)) ? 'yes' : 'no'
  return pattern === 'lo' ? 'no' : 'maybe'
}
