import {
  allOf,
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
import { hasOf } from './tcp-flags.ts'
import type { FilterChain, FilterStep } from './walk.ts'

/** Targets that let the packet go on to the next rule (iptables-extensions(8)). */
const goOn =
  /^(LOG|NFLOG|ULOG|MARK|CONNMARK|SECMARK|CONNSECMARK|CLASSIFY|TCPMSS|TOS|DSCP|TTL|AUDIT|TRACE|CT|NOTRACK|SET|RATEEST|CHECKSUM)$/

interface OpenChain extends FilterChain {
  readonly steps: FilterStep[]
}

/** The chains of each table, by name, in the output of iptables-save or ip6tables-save; `filter`: of all that can stop a packet, which nat cannot. */
export function iptablesTables(
  lines: readonly string[],
  type: 'filter' | 'nat' = 'filter',
): readonly ReadonlyMap<string, FilterChain>[] {
  const tables: Map<string, OpenChain>[] = []
  let chains: Map<string, OpenChain> | null = null
  for (const line of lines) {
    const table = /^\*(\w+)/.exec(line)?.[1]
    if (table !== undefined) {
      chains = new Map()
      if ((table === 'nat') === (type === 'nat')) tables.push(chains)
    }
    if (chains === null) continue
    const declared = /^:(\S+) (\S+)/.exec(line)
    if (declared) chains.set(declared[1] ?? '', { name: declared[1] ?? '', policy: policyOf(declared[2]), steps: [] })
    const rule = /^(?:\[\d+:\d+\] )?-A (\S+) ?(.*)$/.exec(line)
    if (rule) chains.get(rule[1] ?? '')?.steps.push(readStep(rule[2] ?? '', line))
  }
  return tables
}

function policyOf(word: string | undefined): 'accept' | 'drop' | null {
  return word === 'ACCEPT' ? 'accept' : word === 'DROP' ? 'drop' : null
}

function readStep(text: string, line: string): FilterStep {
  const words = text.match(/"(?:[^"\\]|\\.)*"|\S+/g) ?? []
  const conditions: ((packet: Packet) => Match)[] = []
  let target: FilterStep['target'] = { kind: 'none' }
  let not = false
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? ''
    const next = words[index + 1] ?? ''
    if (word === '!') {
      not = true
      continue
    }
    const condition = conditionOf(word, next, words[index + 2] ?? '')
    if (word === '-j' || word === '-g') {
      target = targetOf(next, word === '-g')
      break // What follows belongs to the target.
    }
    if (condition) {
      const invert = not
      conditions.push((packet) => (invert ? inverted(condition.match(packet)) : condition.match(packet)))
      index += condition.words
    }
    not = false
  }
  return { match: (packet) => allOf(conditions.map((condition) => condition(packet))), target, text: line }
}

function targetOf(name: string, go: boolean): FilterStep['target'] {
  if (name === 'ACCEPT') return { kind: 'accept' }
  if (name === 'DROP') return { kind: 'drop' }
  if (name === 'REJECT') return { kind: 'reject' }
  if (name === 'REDIRECT' || name === 'DNAT') return { kind: 'nat' }
  if (name === 'RETURN') return { kind: 'return' }
  if (name === 'QUEUE' || name === 'NFQUEUE') return { kind: 'unknown' }
  return goOn.test(name) ? { kind: 'none' } : { kind: go ? 'go' : 'jump', chain: name }
}

interface Condition {
  /** Words behind the option that belong to it. */
  readonly words: number
  readonly match: (packet: Packet) => Match
}

/** Modules whose own options say it all, and comments: they add no condition by being named. */
const silentModules = /^(tcp|udp|icmp|icmp6|multiport|state|conntrack|comment|addrtype)$/

function one(match: (packet: Packet) => Match): Condition {
  return { words: 1, match }
}

function maybe(words: number): Condition {
  return { words, match: () => 'maybe' }
}

function conditionOf(option: string, value: string, second: string): Condition | null {
  switch (option) {
    case '-p':
      return one(() => (value === 'tcp' || value === 'all' || value === '6' ? 'yes' : 'no'))
    case '-s':
      return one((packet) => matchesAddress(value, sourcesOf(packet)))
    case '-d':
      return one((packet) => matchesAddress(value, destinationsOf(packet)))
    case '-i':
    case '-o':
      return one((packet) => matchesDevice(value, packet))
    case '--dport':
    case '--dports':
      return one((packet) => anyPort(value, destinationPortOf(packet)))
    case '--sport':
    case '--sports':
      return one((packet) => anyPort(value, sourcePortOf(packet)))
    case '--state':
    case '--ctstate':
      return one((packet) => hasState(value.split(','), packet))
    case '--dst-type':
      return one(() => (value === 'LOCAL' ? 'yes' : 'no'))
    case '--syn':
      return { words: 0, match: (packet) => hasOf('FIN,SYN,RST,ACK', 'SYN', packet) }
    case '--tcp-flags':
      return { words: 2, match: (packet) => hasOf(value, second, packet) }
    case '--comment':
      return one(() => 'yes')
    case '-m':
      return silentModules.test(value) ? one(() => 'yes') : maybe(1)
    case '--reject-with':
      return one(() => 'yes')
    default:
      return option.startsWith('-') ? maybe(value.startsWith('-') || value === '' ? 0 : 1) : null
  }
}

function anyPort(list: string, port: number | null): Match {
  return anyOf(list.split(',').map((pattern) => matchesPort(pattern, port)))
}
