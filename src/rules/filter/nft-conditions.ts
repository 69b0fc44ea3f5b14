import { isIPv6 } from 'node:net'
import {
  anyOf,
  destinationPortOf,
  destinationsOf,
  hasState,
  inverted,
  type Match,
  matchesAddress,
  matchesDevice,
  matchesPort,
  type Packet,
  sourcePortOf,
  sourcesOf,
} from './packet.ts'
import { hasAny, hasOf } from './tcp-flags.ts'

export type Test = (packet: Packet) => Match

/** Conditions stand side by side: "iifname \"lo\" ip saddr 10.0.0.0/8 tcp dport { 80, 443 }". What is not known here is a maybe. */
export function testsOf(text: string): readonly Test[] {
  const tests: Test[] = []
  let rest = sameWords(text.trim())
  while (rest !== '') {
    const found = patterns.map(([pattern, make]) => ({ match: pattern.exec(rest), make })).find(({ match }) => match)
    if (!found?.match) return [...tests, () => 'maybe']
    const [whole, not, value = '', more = ''] = found.match
    const test = found.make(value.trim(), more.trim())
    tests.push(not === undefined ? test : (packet) => inverted(test(packet)))
    rest = rest.slice(whole.length).trim()
  }
  return tests
}

const flags = '(\\(?\\w+(?: ?[|,] ?\\w+)*\\)?)'

/** "tcp flags & (syn | ack) == syn" is "tcp flags syn / syn,ack" to other versions of nft; "== syn" looks at all of them. */
function sameWords(text: string): string {
  return text
    .replace(new RegExp(`\\btcp flags & ${flags} (==|!=) ${flags}`), (_, mask: string, is: string, set: string) =>
      words(is, set, mask),
    )
    .replace(new RegExp(`\\btcp flags (==|!=) ${flags}(?![\\w)]| ?/)`), (_, is: string, set: string) =>
      words(is, set, 'all'),
    )
}

function words(is: string, set: string, mask: string): string {
  return `tcp flags ${is === '!=' ? '!= ' : ''}${set} / ${mask}`
}

const value = '(!= )?(\\{[^}]*\\}|"[^"]*"|\\S+)'

const patterns: readonly (readonly [RegExp, (value: string, more: string) => Test])[] = [
  [
    new RegExp(`^(?:tcp|th) dport ${value}`),
    (text) => (packet) => anyIn(text, (each) => matchesPort(each, destinationPortOf(packet))),
  ],
  [
    new RegExp(`^(?:tcp|th) sport ${value}`),
    (text) => (packet) => anyIn(text, (each) => matchesPort(each, sourcePortOf(packet))),
  ],
  [new RegExp(`^tcp flags (!= )?${flags} ?/ ?${flags}`), (set, mask) => (packet) => hasOf(mask, set, packet)],
  [new RegExp(`^tcp flags (!= )?${flags}`), (set) => (packet) => hasAny(set, packet)],
  [new RegExp(`^(?:udp|sctp|icmp|icmpv6) \\S+ ${value}`), () => () => 'no'],
  [/^(?:meta l4proto|ip protocol|ip6 nexthdr) (!= )?(\{[^}]*\}|\S+)/, (text) => () => anyIn(text, isTcp)],
  [new RegExp(`^ip saddr ${value}`), (text) => (packet) => ofFamily(packet, false, text, sourcesOf(packet))],
  [new RegExp(`^ip6 saddr ${value}`), (text) => (packet) => ofFamily(packet, true, text, sourcesOf(packet))],
  [new RegExp(`^ip daddr ${value}`), (text) => (packet) => ofFamily(packet, false, text, destinationsOf(packet))],
  [new RegExp(`^ip6 daddr ${value}`), (text) => (packet) => ofFamily(packet, true, text, destinationsOf(packet))],
  [
    new RegExp(`^(?:meta )?(?:iif|iifname|oif|oifname) ${value}`),
    (text) => (packet) => anyIn(text, (each) => matchesDevice(each, packet)),
  ],
  [/^ct state (!= )?(\{[^}]*\}|\S+)/, (text) => (packet) => hasState(text.replace(/[{}\s]/g, '').split(','), packet)],
  // Whether its sender could be reached the way it came: over loopback it always can.
  [/^fib saddr \. (?:mark \. )?iif oif (!= )?(missing|0)/, () => (packet) => (packet.device === 'lo' ? 'no' : 'maybe')],
  [/^fib daddr type (!= )?(\S+)/, (text) => () => (text === 'local' ? 'yes' : 'no')],
  [
    /^meta (?:nfproto|protocol) (!= )?(ipv?[46]?)(?=\s|$)/,
    (text) => (packet) => (isIPv6(packet.to) === text.endsWith('6') ? 'yes' : 'no'),
  ],
  [/^ether type (!= )?(ip6?)(?=\s|$)/, (text) => (packet) => (isIPv6(packet.to) === (text === 'ip6') ? 'yes' : 'no')],
]

function ofFamily(packet: Packet, six: boolean, text: string, addresses: readonly string[]): Match {
  return isIPv6(packet.to) === six ? anyIn(text, (each) => matchesAddress(each, addresses)) : 'no'
}

function isTcp(name: string): Match {
  return name === 'tcp' || name === '6' ? 'yes' : 'no'
}

/** One value, or a set of them in braces; a named set whose elements are not known is a maybe. */
function anyIn(text: string, test: (value: string) => Match): Match {
  if (text.startsWith('@')) return 'maybe'
  return anyOf(
    text
      .replace(/[{}"]/g, ' ')
      .split(',')
      .map((each) => test(each.trim())),
  )
}
