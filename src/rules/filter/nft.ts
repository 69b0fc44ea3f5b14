import { isIPv6 } from 'node:net'
import { allOf, inverted, type Match, matchesAddress, matchesPort, type Packet } from './packet.ts'
import type { FilterChain, FilterStep } from './walk.ts'

/** A base chain of the input or output hook, with the chains of its table. */
export interface NftBase {
  readonly family: string
  readonly hook: string
  readonly chain: FilterChain
  readonly chains: ReadonlyMap<string, FilterChain>
}

interface OpenChain extends FilterChain {
  readonly steps: FilterStep[]
}

/** The base chains in the output of `nft list ruleset`. Tables that iptables keeps there are left to iptables-save, which says it in its own words. */
export function nftBases(lines: readonly string[]): readonly NftBase[] {
  const bases: NftBase[] = []
  let family = ''
  let sets: ReadonlyMap<string, string> = new Map()
  let byIptables = false
  let warned = false
  let chains = new Map<string, OpenChain>()
  let open: OpenChain | null = null
  const listed = listedSets(lines)
  for (const line of lines) {
    const text = line.trim()
    if (text.startsWith('#')) {
      warned = text.includes('managed by iptables')
      continue
    }
    const table = /^table (\w+) \S+ \{/.exec(text)
    if (table) {
      family = table[1] ?? ''
      byIptables = warned
      warned = false
      chains = new Map()
      sets = listed.get(text) ?? new Map()
      continue
    }
    const chain = /^chain (\S+) \{/.exec(text)
    if (chain) {
      open = { name: chain[1] ?? '', policy: null, steps: [] }
      chains.set(open.name, open)
    } else if (text === '}') open = null
    else if (open) {
      const hooked = /^type filter hook (\w+) priority [^;]+;(?: policy (\w+);)?/.exec(text)
      if (hooked) {
        const based: OpenChain = { ...open, policy: hooked[2] === 'drop' ? ('drop' as const) : ('accept' as const) }
        chains.set(open.name, based)
        open = based
        if (!byIptables) bases.push({ family, hook: hooked[1] ?? '', chain: based, chains })
      } else if (!text.startsWith('type ')) open.steps.push(readStep(text, sets))
    }
  }
  return bases
}

/** An address family that the chain never sees. */
export function isForeign(base: NftBase, packet: Packet): boolean {
  const six = isIPv6(packet.to)
  return (base.family === 'ip' && six) || (base.family === 'ip6' && !six) || !/^(ip|ip6|inet)$/.test(base.family)
}

const verdictWord = /(?:^|\s)(accept|drop|reject|return|queue|jump \S+|goto \S+|continue)(?=\s|$)/

/**
 * The named sets of each table, by its first line, as they would stand in a rule: "{ 192.0.2.17, 10.0.0.0/8 }". Only those whose elements
 * are listed to the end and are bare values; of any other nobody can tell here what is in it.
 */
function listedSets(lines: readonly string[]): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const found = new Map<string, Map<string, string>>()
  const text = lines.map((line) => line.trim()).join('\n')
  for (const part of text.split(/^(?=table )/m)) {
    const sets = new Map<string, string>()
    for (const [, name = '', elements = ''] of part.matchAll(
      /^set (\S+) \{\n(?:(?!\}$)[^\n]*\n)*?elements = \{([^{}]*)\}\n\}/gm,
    )) {
      const values = elements.split(',').map((each) => each.trim())
      if (values.every((each) => /^[0-9a-fA-F.:/]{1,60}$/.test(each))) sets.set(name, `{ ${values.join(', ')} }`)
    }
    found.set(part.slice(0, part.indexOf('\n')), sets)
  }
  return found
}

function readStep(text: string, sets: ReadonlyMap<string, string>): FilterStep {
  const plain = text
    .replace(/ @(\S+)/g, (whole, name: string) => (sets.has(name) ? ` ${sets.get(name) ?? ''}` : whole))
    .replace(/\s+comment "(?:[^"\\]|\\.)*"/g, '')
    .replace(/\s+# handle \d+$/, '')
    .replace(/\blog(?: (?:prefix "[^"]*"|level \w+|flags [\w ,]+|group \d+))*/g, '')
    .replace(/\bcounter(?: packets \d+ bytes \d+)?/g, '')
  const vmap = /\bct state vmap \{([^}]*)\}/.exec(plain)
  const found = verdictWord.exec(vmap ? plain.replace(vmap[0], '') : plain)
  const conditions = plain.slice(0, found && !vmap ? found.index : undefined)
  const target = vmap ? vmapTarget(vmap[1] ?? '') : targetOf(found?.[1])
  const tests = testsOf(vmap ? conditions.replace(vmap[0], '') : conditions)
  return { match: (packet) => allOf(tests.map((test) => test(packet))), target, text }
}

function targetOf(word: string | undefined): FilterStep['target'] {
  if (word === undefined || word === 'continue') return { kind: 'none' }
  if (word === 'accept' || word === 'drop' || word === 'reject' || word === 'return') return { kind: word }
  const [verb, chain = ''] = word.split(' ')
  if (verb === 'queue') return { kind: 'unknown' }
  return { kind: verb === 'goto' ? 'go' : 'jump', chain }
}

/** What a new connection gets out of "established : accept, related : accept, invalid : drop". */
function vmapTarget(text: string): FilterStep['target'] {
  const entry = text.split(',').find((each) => /^\s*new\s*:/.test(each))
  return targetOf(entry?.split(':')[1]?.trim())
}

type Test = (packet: Packet) => Match

/** Conditions stand side by side: "iifname \"lo\" ip saddr 10.0.0.0/8 tcp dport { 80, 443 }". What is not known here is a maybe. */
function testsOf(text: string): readonly Test[] {
  const tests: Test[] = []
  let rest = text.trim()
  while (rest !== '') {
    const found = patterns.map(([pattern, make]) => ({ match: pattern.exec(rest), make })).find(({ match }) => match)
    if (!found?.match) return [...tests, () => 'maybe']
    const [whole, not, value = ''] = found.match
    const test = found.make(value.trim())
    tests.push(not === undefined ? test : (packet) => inverted(test(packet)))
    rest = rest.slice(whole.length).trim()
  }
  return tests
}

const value = '(!= )?(\\{[^}]*\\}|"[^"]*"|\\S+)'

const patterns: readonly (readonly [RegExp, (value: string) => Test])[] = [
  [
    new RegExp(`^(?:tcp|th) dport ${value}`),
    (text) => (packet) => anyOf(text, (each) => matchesPort(each, packet.port)),
  ],
  [new RegExp(`^(?:udp|sctp|icmp|icmpv6) \\S+ ${value}`), () => () => 'no'],
  [/^(?:meta l4proto|ip protocol|ip6 nexthdr) (!= )?(\{[^}]*\}|\S+)/, (text) => () => anyOf(text, isTcp)],
  [new RegExp(`^ip saddr ${value}`), (text) => (packet) => ofFamily(packet, false, text, packet.from)],
  [new RegExp(`^ip6 saddr ${value}`), (text) => (packet) => ofFamily(packet, true, text, packet.from)],
  [new RegExp(`^ip daddr ${value}`), (text) => (packet) => ofFamily(packet, false, text, [packet.to])],
  [new RegExp(`^ip6 daddr ${value}`), (text) => (packet) => ofFamily(packet, true, text, [packet.to])],
  [
    new RegExp(`^(?:meta )?(?:iif|iifname|oif|oifname) ${value}`),
    (text) => (packet) => anyOf(text, (each) => isDevice(each, packet)),
  ],
  [
    /^ct state (!= )?(\{[^}]*\}|\S+)/,
    (text) => () =>
      text
        .replace(/[{}\s]/g, '')
        .split(',')
        .includes('new')
        ? 'yes'
        : 'no',
  ],
  [/^fib daddr type (!= )?(\S+)/, (text) => () => (text === 'local' ? 'yes' : 'no')],
  [/^tcp flags (!= )?(syn|& \(fin\|syn\|rst\|ack\) == syn)/, () => () => 'yes'],
  [/^meta nfproto (!= )?(ipv4|ipv6)/, (text) => (packet) => (isIPv6(packet.to) === (text === 'ipv6') ? 'yes' : 'no')],
]

function ofFamily(packet: Packet, six: boolean, text: string, addresses: readonly string[]): Match {
  return isIPv6(packet.to) === six ? anyOf(text, (each) => matchesAddress(each, addresses)) : 'no'
}

function isTcp(name: string): Match {
  return name === 'tcp' || name === '6' ? 'yes' : 'no'
}

function isDevice(name: string, packet: Packet): Match {
  if (packet.device === 'lo') return name === 'lo' ? 'yes' : 'no'
  return name === 'lo' ? 'no' : 'maybe'
}

/** One value, or a set of them in braces; a named set whose elements are not known is a maybe. */
function anyOf(text: string, test: (value: string) => Match): Match {
  if (text.startsWith('@')) return 'maybe'
  const matches = text
    .replace(/[{}"]/g, ' ')
    .split(',')
    .map((each) => test(each.trim()))
  if (matches.includes('yes')) return 'yes'
  return matches.includes('maybe') ? 'maybe' : 'no'
}
