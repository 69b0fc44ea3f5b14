import { allOf, inverted, type Match, matchesAddress, matchesPort, type Packet } from './packet.ts'
import type { FilterChain, FilterStep } from './walk.ts'

/** Targets that let the packet go on to the next rule (iptables-extensions(8)). */
const goOn =
  /^(LOG|NFLOG|ULOG|MARK|CONNMARK|SECMARK|CONNSECMARK|CLASSIFY|TCPMSS|TOS|DSCP|TTL|AUDIT|TRACE|CT|NOTRACK|SET|RATEEST|CHECKSUM)$/

/** The chains of the filter table in the output of iptables-save or ip6tables-save, by name. */
export function iptablesChains(lines: readonly string[]): ReadonlyMap<string, FilterChain> {
  const chains = new Map<string, { name: string; policy: 'accept' | 'drop' | null; steps: FilterStep[] }>()
  let table = ''
  for (const line of lines) {
    table = /^\*(\w+)/.exec(line)?.[1] ?? table
    if (table !== 'filter') continue
    const declared = /^:(\S+) (\S+)/.exec(line)
    if (declared) chains.set(declared[1] ?? '', { name: declared[1] ?? '', policy: policyOf(declared[2]), steps: [] })
    const rule = /^(?:\[\d+:\d+\] )?-A (\S+) ?(.*)$/.exec(line)
    if (rule) chains.get(rule[1] ?? '')?.steps.push(readStep(rule[2] ?? '', line))
  }
  return chains
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
      return one((packet) => matchesAddress(value, packet.from))
    case '-d':
      return one((packet) => matchesAddress(value, [packet.to]))
    case '-i':
    case '-o':
      return one((packet) => matchesDevice(value, packet))
    case '--dport':
    case '--dports':
      return one((packet) => anyPort(value, packet))
    case '--state':
    case '--ctstate':
      return one(() => (value.split(',').includes('NEW') ? 'yes' : 'no'))
    case '--dst-type':
      return one(() => (value === 'LOCAL' ? 'yes' : 'no'))
    case '--syn':
      return { words: 0, match: () => 'yes' }
    case '--tcp-flags':
      return { words: 2, match: () => (second === 'SYN' ? 'yes' : 'maybe') }
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

/** "lo", "eth0", "br-+" (a trailing + stands for any ending). */
function matchesDevice(name: string, packet: Packet): Match {
  if (packet.device === 'lo') return name === 'lo' || name === '+' ? 'yes' : 'no'
  return name === 'lo' ? 'no' : 'maybe'
}

function anyPort(list: string, packet: Packet): Match {
  const matches = list.split(',').map((pattern) => matchesPort(pattern, packet.port))
  if (matches.includes('yes')) return 'yes'
  return matches.includes('maybe') ? 'maybe' : 'no'
}
