import { BlockList, isIPv6 } from 'node:net'

/** The first packet of a connection, as a packet filter sees it. */
export interface Packet {
  /** Addresses that it may come from: one of them is true. */
  readonly from: readonly string[]
  readonly to: string
  readonly port: number
  /** "lo" for a connection of a host to itself, null when the interface is not known (but not lo). */
  readonly device: 'lo' | null
}

/** Whether a condition of a rule holds for the packet; `maybe` for what the rules alone do not tell (interfaces, sets, limits). */
export type Match = 'yes' | 'no' | 'maybe'

/** What becomes of the packet. `unsure`: a rule before may or may not have decided. */
export type Verdict =
  | { readonly kind: 'accept' }
  | { readonly kind: 'drop' | 'reject'; readonly chain: string; readonly rule: string }
  | { readonly kind: 'unsure' }

export function allOf(matches: readonly Match[]): Match {
  if (matches.includes('no')) return 'no'
  return matches.includes('maybe') ? 'maybe' : 'yes'
}

export function inverted(match: Match): Match {
  return match === 'maybe' ? 'maybe' : match === 'yes' ? 'no' : 'yes'
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

/** "8080", "8000:8099", "8000-8099". */
export function matchesPort(pattern: string, port: number): Match {
  const [low, high] = pattern.split(/[:-]/).map(Number)
  if (low === undefined || Number.isNaN(low)) return 'maybe'
  return port >= low && port <= (high ?? low) ? 'yes' : 'no'
}
