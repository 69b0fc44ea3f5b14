import type { Claim, LookAlike, View } from '../diagnosis/rule.ts'
import { notJudged, ruledOut } from '../diagnosis/rule.ts'
import { hostOf, isLocal, portOf } from '../symptoms/address.ts'
import { isOpen } from '../symptoms/course.ts'
import type { Trouble } from '../symptoms/trouble.ts'
import { defineRule, impactOf, type Knowledge, seenBy, troubleEvidence, troubleKey } from './knowledge.ts'
import { isFull, listenersAt, listenerText } from './listening.ts'
import { type FilterRule, rulesForPort } from './packet-filter.ts'
import { wayTo } from './way-to.ts'

type Seen = View<Knowledge, 'troubles' | 'host' | 'sockets' | 'firewall', 'routes' | 'live-requests'>

/**
 * Cause: a filter rule drops or rejects nginx's connections to a backend that listens.
 * Tell-tale: connect time-out (drop) or 111/113 (reject) with a listener at that very address, and a rule that names the port.
 * Look-alikes: backend-down (no listener), backend-saturated (accept queue full), host-unreachable (no way there).
 */
export const firewallBlocked = defineRule({
  id: 'firewall-blocked',
  needs: ['troubles', 'host', 'sockets', 'firewall'],
  settles: ['routes', 'live-requests'],
  atBackend: true,
  judge: (seen) => seen.troubles.flatMap((trouble) => judgeTrouble(trouble, seen)),
})

function judgeTrouble(trouble: Trouble, seen: Seen): Claim[] {
  const { address } = trouble
  const kinds: readonly Trouble['kind'][] = ['connect-timeout', 'refused', 'unreachable']
  if (!kinds.includes(trouble.kind) || address === null || address.startsWith('unix:') || trouble.believed === 'none')
    return []
  const blocking = blockingRules(trouble, address, seen)
  const local = isLocal(address, seen.host.addresses)
  if (blocking.length === 0 || (local && listenersAt(address, seen.sockets).length === 0)) return []
  if (passesDirectly(address, seen)) return []
  return [claimOf(trouble, address, blocking, local, seen)]
}

/** A time-out speaks for drop, an immediate refusal for reject. */
function blockingRules(trouble: Trouble, address: string, seen: Seen): readonly FilterRule[] {
  const wanted = trouble.kind === 'connect-timeout' ? 'drop' : 'reject'
  const source = { host: '', probe: 'firewall', command: '' }
  return rulesForPort(portOf(address), { known: true, value: seen.firewall, source }).rules.filter(
    (rule) => rule.verdict === wanted,
  )
}

function passesDirectly(address: string, seen: Seen): boolean {
  const live = seen['live-requests']
  return (
    live.known &&
    live.value.answers.some((answer) => answer.way !== 'nginx' && answer.endpoint === address && answer.status !== null)
  )
}

function claimOf(
  trouble: Trouble,
  address: string,
  blocking: readonly FilterRule[],
  local: boolean,
  seen: Seen,
): Claim {
  const [rule] = blocking
  const listener = listenersAt(address, seen.sockets)[0]
  const place = trouble.endpoints[0]
  return {
    summary: `${ruleName(rule)} ${rule?.verdict === 'drop' ? 'drops' : 'rejects'} connections to ${address}${listener ? `, where ${listenerText(listener)} listens` : ''}`,
    subject: { upstream: address, ...(place && { file: place.file, line: place.line }) },
    failingNow: isOpen(trouble),
    about: troubleKey(trouble),
    impact: impactOf(trouble, seen.host),
    evidence: [
      ...troubleEvidence(trouble),
      ...blocking.slice(0, 3).map((each) => seenBy('firewall', commandOf(each.tool), each.text)),
      ...(listener ? [seenBy('sockets', 'ss -Htlnp', listenerText(listener))] : []),
    ],
    unlike: [...(local ? localAlikes(address, seen) : remoteAlikes(address, seen))],
    steps: [
      `let nginx through to tcp/${portOf(address)}: ${allowWith(rule, address)}`,
      'see who added the rule, and keep the change where the rules are kept',
    ],
  }
}

function localAlikes(address: string, seen: Seen): LookAlike[] {
  const [listener] = listenersAt(address, seen.sockets)
  const full = listener !== undefined && isFull(listener)
  return [
    ruledOut('backend-down', `${listener ? listenerText(listener) : 'a process'} listens there`),
    full
      ? notJudged('backend-saturated', `the accept queue is full too: ${listener.recvQ} of ${listener.sendQ}`)
      : ruledOut(
          'backend-saturated',
          `the accept queue is not full: ${listener?.recvQ ?? 0} of ${listener?.sendQ ?? 0}`,
        ),
    ruledOut('host-unreachable', `${hostOf(address)} is an address of this host`),
  ]
}

function remoteAlikes(address: string, seen: Seen): LookAlike[] {
  const way = wayTo(hostOf(address), seen.routes)
  return [
    notJudged('backend-down', `only ${hostOf(address)} itself can tell whether something listens there`),
    way.kind === 'open'
      ? ruledOut('host-unreachable', `there is a route: ${way.route.message}`)
      : notJudged('host-unreachable', way.kind === 'none' ? way.noWay.words : way.reason),
  ]
}

function ruleName(rule: FilterRule | undefined): string {
  if (rule?.chain.startsWith('ufw')) return 'a ufw rule'
  return rule?.tool === 'nft'
    ? 'an nftables rule'
    : `${rule?.tool === 'firewalld' ? 'a' : 'an'} ${rule?.tool ?? ''} rule`
}

function commandOf(tool: FilterRule['tool']): string {
  return {
    nft: 'nft list ruleset',
    iptables: 'iptables-save',
    ip6tables: 'ip6tables-save',
    firewalld: 'firewall-cmd --list-all',
  }[tool]
}

function allowWith(rule: FilterRule | undefined, address: string): string {
  const port = portOf(address)
  if (rule?.chain.startsWith('ufw'))
    return `ufw allow proto tcp to ${hostOf(address)} port ${port}   # ufw status numbered shows the rule that blocks`
  switch (rule?.tool) {
    case 'firewalld':
      return `firewall-cmd --add-port=${port}/tcp`
    case 'iptables':
    case 'ip6tables':
      return `delete the rule (${rule.tool}-save shows it as: ${rule.text})`
    default:
      return `nft -a list ruleset   # then delete the rule by its handle: ${rule?.text ?? ''}`
  }
}
