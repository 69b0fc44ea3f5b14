import { isIPv6 } from 'node:net'
import type { Fact } from '../../diagnosis/fact.ts'
import type { Firewall, FirewallTool, RuleSet } from '../../probes/firewall.ts'
import { iptablesChains } from './iptables.ts'
import { isForeign, nftBases } from './nft.ts'
import type { Packet, Verdict } from './packet.ts'
import { walk } from './walk.ts'

export interface FilterVerdict {
  readonly kind: Verdict['kind']
  readonly tool: FirewallTool
  readonly chain: string
  /** The rule that decides; empty when none does. */
  readonly rule: string
}

/**
 * What this host's packet filter does with the first packet of a connection, on its way in, or out. `null` where the rules could not be
 * read. Every filter must let it pass: one that surely drops decides.
 */
export function filterVerdict(
  packet: Packet,
  direction: 'input' | 'output',
  firewall: Fact<Firewall>,
): FilterVerdict | null {
  if (!firewall.known) return null
  const tables = isIPv6(packet.to) ? 'ip6tables' : 'iptables'
  const sets = firewall.value.sets.filter((set) => set.tool === 'nft' || set.tool === tables)
  const verdicts = sets.flatMap((set) => verdictsOf(set, packet, direction))
  const blocked = verdicts.find(({ kind }) => kind === 'drop' || kind === 'reject')
  if (blocked) return blocked
  if (sets.length === 0 || sets.some((set) => set.state === 'unknown')) return null
  return verdicts.find(({ kind }) => kind === 'unsure') ?? { kind: 'accept', tool: 'nft', chain: '', rule: '' }
}

function verdictsOf(set: RuleSet, packet: Packet, direction: 'input' | 'output'): FilterVerdict[] {
  if (set.state !== 'read') return []
  if (set.tool === 'nft')
    return nftBases(set.lines)
      .filter((base) => base.hook === direction && !isForeign(base, packet))
      .map((base) => named(set.tool, walk(base.chain, base.chains, packet)))
  const chains = iptablesChains(set.lines)
  const base = chains.get(direction.toUpperCase())
  return base ? [named(set.tool, walk(base, chains, packet))] : []
}

function named(tool: FirewallTool, verdict: Verdict): FilterVerdict {
  const blocked = verdict.kind === 'drop' || verdict.kind === 'reject'
  return { kind: verdict.kind, tool, chain: blocked ? verdict.chain : '', rule: blocked ? verdict.rule : '' }
}
