import { isIPv6 } from 'node:net'
import { readSteps } from './nft-rule.ts'
import { listedSets } from './nft-sets.ts'
import { allOf, anyOf, type Match, matchesDevice, type Packet } from './packet.ts'
import type { FilterChain, FilterStep } from './walk.ts'

/** A base chain, with the chains of its table. */
export interface NftBase {
  readonly family: string
  /** "prerouting", "input", "output" ...; "ingress" and "egress" see what comes and goes on some devices only. */
  readonly hook: string
  readonly devices: readonly string[]
  readonly chain: FilterChain
  readonly chains: ReadonlyMap<string, FilterChain>
}

interface OpenChain extends FilterChain {
  readonly steps: FilterStep[]
}

/** The base chains in the output of `nft list ruleset`. Tables that iptables keeps there are left to iptables-save, which says it in its own words. */
export function nftBases(lines: readonly string[], type: 'filter' | 'nat' = 'filter'): readonly NftBase[] {
  const bases: NftBase[] = []
  let family = ''
  let sets: ReadonlyMap<string, string> = new Map()
  let byIptables = false
  let warned = false
  let dormant = false
  let chains = new Map<string, OpenChain>()
  let open: OpenChain | null = null
  const listed = listedSets(lines)
  // firewalld accepts in each of its chains what a rule of its own sent elsewhere; without such a rule that is nothing.
  const sendsElsewhere = lines.some((line) =>
    /(?<![-\w])(?:dnat|redirect)\b/i.test(line.replace(/\bct status \S+/, '')),
  )
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
      dormant = false
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
      const hooked = hookLine.exec(text)
      if (hooked) {
        const [, kind, hook = '', devices = '', policy] = hooked
        const based: OpenChain = { ...open, policy: policy === 'drop' ? ('drop' as const) : ('accept' as const) }
        chains.set(open.name, based)
        open = based
        if (!byIptables && !dormant && (kind === 'nat') === (type === 'nat'))
          bases.push({ family, hook, devices: namesIn(devices), chain: based, chains })
      } else if (!text.startsWith('type ') && (sendsElsewhere || !/^ct status dnat accept\b/.test(text)))
        open.steps.push(...readSteps(text, sets))
    } else if (/^flags .*\bdormant\b/.test(text)) dormant = true
  }
  return bases
}

/** 'type filter hook ingress device "lo" priority -500; policy accept;', "... hook ingress devices = { eth0, lo } priority 0;". */
const hookLine =
  /^type (filter|route|nat) hook (\w+)(?: devices? (?:= )?(\{[^}]*\}|\S+))? priority [^;]+;(?: policy (\w+);)?/

function namesIn(devices: string): readonly string[] {
  return devices
    .replace(/[{}"]/g, ' ')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
}

/** Whether the chain sees the packet: its address family, and the devices that it is hooked to. */
export function sees({ family, devices }: NftBase, packet: Packet): Match {
  const six = isIPv6(packet.to)
  const ofFamily = /^(?:inet|netdev)$/.test(family) || family === (six ? 'ip6' : 'ip')
  const atDevice = devices.length === 0 ? 'yes' : anyOf(devices.map((name) => matchesDevice(name, packet)))
  return allOf([ofFamily ? 'yes' : 'no', atDevice])
}
