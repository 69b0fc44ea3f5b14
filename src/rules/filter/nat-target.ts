import { isIP } from 'node:net'
import type { Fact } from '../../diagnosis/fact.ts'
import type { Firewall, RuleSet } from '../../probes/firewall.ts'
import { configAddress } from '../../nginx/config-address.ts'
import { iptablesTables } from './iptables.ts'
import { nftBases, sees } from './nft.ts'
import type { Packet } from './packet.ts'
import { isBlocking, walk } from './walk.ts'

/** Where a nat rule of this host carries a connection that begins here. */
export interface NatTarget {
  readonly host: string
  readonly port: number
  readonly tool: RuleSet['tool']
  readonly rule: string
}

/** The rule of the output hook that surely carries the packet elsewhere; null when none is seen to. */
export function natTarget(packet: Packet, firewall: Fact<Firewall>): NatTarget | null {
  if (!firewall.known || isIP(packet.to) === 0) return null
  const tables = isIP(packet.to) === 6 ? 'ip6tables' : 'iptables'
  for (const set of firewall.value.sets.filter(({ tool }) => tool === 'nft' || tool === tables)) {
    const rule = ruleOf(set, packet)
    const target = rule === null ? null : targetIn(rule, packet)
    if (rule !== null && target !== null) return { ...target, tool: set.tool, rule }
  }
  return null
}

function ruleOf(set: RuleSet, packet: Packet): string | null {
  if (set.state !== 'read') return null
  const verdicts =
    set.tool === 'nft'
      ? nftBases(set.lines, 'nat')
          .filter((base) => base.hook === 'output' && sees(base, packet) === 'yes')
          .map((base) => walk(base.chain, base.chains, packet))
      : iptablesTables(set.lines, 'nat').flatMap((chains) => {
          const base = chains.get('OUTPUT')
          return base ? [walk(base, chains, packet)] : []
        })
  return verdicts.filter(isBlocking).find(({ kind }) => kind === 'nat')?.rule ?? null
}

/** "redirect to :80", "dnat ip to 10.0.0.5:80"; "-j REDIRECT --to-ports 80", "-j DNAT --to-destination 10.0.0.5:80". What is not said stays. */
function targetIn(rule: string, { to, port }: Packet): { readonly host: string; readonly port: number } | null {
  const redirected = /\bredirect(?: to :| --to-ports )(\d{1,5})(?=\s|$)|\bredirect$/i.exec(rule)
  if (redirected)
    return {
      host: to.includes(':') ? '::1' : '127.0.0.1',
      port: redirected[1] === undefined ? port : Number(redirected[1]),
    }
  const address = /\bdnat(?: ip6?)? (?:to|--to-destination) ([\d.:a-fA-F[\]]+)(?=\s|$)/i.exec(rule)?.[1]
  if (address === undefined) return null
  const found = configAddress(address)
  return found.host === null ? null : { host: found.host, port: found.port ?? port }
}
