import { isIPv6 } from 'node:net'
import type { Fact } from '../../diagnosis/fact.ts'
import type { Firewall, FirewallTool, RuleSet } from '../../probes/firewall.ts'
import { iptablesTables } from './iptables.ts'
import { nftBases, sees } from './nft.ts'
import type { Blocking, Packet, Verdict } from './packet.ts'
import { isBlocking, walk } from './walk.ts'

export interface Stopping extends Blocking {
  readonly tool: FirewallTool
}

export type FilterVerdict =
  | { readonly kind: 'accept' }
  | Stopping
  /** `may`: rules that would stop it, if conditions hold that the rules alone do not tell. */
  | { readonly kind: 'unsure'; readonly may: readonly Stopping[] }

export function isStopping(verdict: FilterVerdict | null): verdict is Stopping {
  return verdict?.kind === 'drop' || verdict?.kind === 'reject'
}

/** The hooks that a packet passes on its way into a process of this host, and out of one (nft(8), address families and hooks). */
const hooks = { input: ['ingress', 'prerouting', 'input'], output: ['output', 'postrouting', 'egress'] } as const

/**
 * What this host's packet filter does with the first packet of a connection, or its answer, on its way in, or out. `null` where the rules
 * could not be read. Every filter must let it pass: one that surely drops decides.
 */
export function filterVerdict(
  packet: Packet,
  direction: 'input' | 'output',
  firewall: Fact<Firewall>,
): FilterVerdict | null {
  if (!firewall.known) return null
  const tables = isIPv6(packet.to) ? 'ip6tables' : 'iptables'
  const sets = firewall.value.sets.filter((set) => set.tool === 'nft' || set.tool === tables)
  const verdicts = hooks[direction].flatMap((hook) => sets.flatMap((set) => verdictsOf(set, packet, hook)))
  const blocked = verdicts.find(isStopping)
  if (blocked) return blocked
  if (sets.length === 0 || sets.some((set) => set.state === 'unknown')) return null
  const unsure = verdicts.filter((each) => each.kind === 'unsure')
  return unsure.length === 0 ? { kind: 'accept' } : { kind: 'unsure', may: unsure.flatMap(({ may }) => may) }
}

function verdictsOf(set: RuleSet, packet: Packet, hook: string): FilterVerdict[] {
  if (set.state !== 'read') return []
  // What is not tracked has no state that could be told from the rules.
  if (packet.back === true && set.lines.some((line) => /\bnotrack\b/i.test(line))) return [{ kind: 'unsure', may: [] }]
  if (set.tool === 'nft')
    return nftBases(set.lines)
      .filter((base) => base.hook === hook)
      .flatMap((base) => {
        const seen = sees(base, packet)
        if (seen === 'no') return []
        const verdict = walk(base.chain, base.chains, packet)
        return [named(set.tool, seen === 'maybe' ? doubted(verdict) : verdict)]
      })
  return iptablesTables(set.lines).flatMap((chains) => {
    const base = chains.get(hook.toUpperCase())
    return base ? [named(set.tool, walk(base, chains, packet))] : []
  })
}

function doubted(verdict: Verdict): Verdict {
  return isBlocking(verdict) ? { kind: 'unsure', may: [verdict] } : verdict
}

function named(tool: FirewallTool, verdict: Verdict): FilterVerdict {
  if (verdict.kind === 'unsure') return { kind: 'unsure', may: verdict.may.map((each) => ({ ...each, tool })) }
  return verdict.kind === 'accept' ? verdict : { ...verdict, tool }
}
