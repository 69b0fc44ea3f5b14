import type { Fact } from '../../diagnosis/fact.ts'
import type { Firewall } from '../../probes/firewall.ts'
import { type FilterRule, rulesForPort } from '../packet-filter.ts'
import { packetsOf } from './limits.ts'

/**
 * Conditions that the first packet of a connection does not meet and a request does: its size, how much came before it, what is in it
 * (nft(8): meta length, ip length, ct bytes, ct packets, @th; iptables-extensions(8): length, connbytes, string, u32).
 */
const later =
  /\b(?:meta length|ip6? length|ct (?:\w+ )?(?:bytes|packets|avgpkt)|@(?:th|nh|ih),)|-m (?:length|connbytes|string|u32)\b|xt match "(?:length|connbytes|string|u32)"/

/** A rule that lets connections to the port come about and drops what follows; one whose counter stands at nothing has dropped nothing. */
export function laterDrop(port: number, firewall: Fact<Firewall>): FilterRule | null {
  return (
    rulesForPort(port, firewall).rules.find(
      ({ verdict, text }) => verdict === 'drop' && later.test(text) && packetsOf(text) !== 0,
    ) ?? null
  )
}
