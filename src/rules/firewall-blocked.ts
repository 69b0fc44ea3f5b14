import type { Claim, LookAlike, View } from '../diagnosis/rule.ts'
import { notJudged, ruledOut } from '../diagnosis/rule.ts'
import { hostOf, isLocal, portOf } from '../symptoms/address.ts'
import { isOpen } from '../symptoms/course.ts'
import type { Trouble } from '../symptoms/trouble.ts'
import { rejectedThere } from './far-side.ts'
import { boundFor, plainAddress } from './bound-address.ts'
import { type Block, blockOf } from './filter/block.ts'
import { packetTo, wayOf } from './filter/first-packet.ts'
import { defineRule, impactOf, type Knowledge, seenBy, troubleEvidence, troubleKey } from './knowledge.ts'
import { isFull, listenersAt, listenerText } from './listening.ts'
import { neverArrives } from './never-arrives.ts'
import { type FilterRule, rulesForPort } from './packet-filter.ts'
import { wayTo } from './way-to.ts'

type Seen = View<Knowledge, 'troubles' | 'host' | 'sockets' | 'firewall' | 'place', 'routes' | 'live-requests'>

/**
 * Cause: a filter rule drops or rejects nginx's connections to a backend that listens.
 * Tell-tale: connect time-out (drop) or 111/113 (reject) with a listener at that very address, and rules that do not let the connection
 * pass: on the way out of the nginx host, or on the way in where the backend is.
 * Look-alikes: backend-down (no listener), backend-saturated (accept queue full), host-unreachable (no way there).
 */
export const firewallBlocked = defineRule({
  id: 'firewall-blocked',
  needs: ['troubles', 'host', 'sockets', 'firewall', 'place'],
  settles: ['routes', 'live-requests'],
  atBackend: true,
  judge: (seen) => seen.troubles.flatMap((trouble) => [...judgeTrouble(trouble, seen), ...neverArrives(trouble, seen)]),
})

function judgeTrouble(trouble: Trouble, seen: Seen): Claim[] {
  const { address } = trouble
  const kinds: readonly Trouble['kind'][] = ['connect-timeout', 'refused', 'unreachable']
  if (!kinds.includes(trouble.kind) || address === null || address.startsWith('unix:') || trouble.believed === 'none')
    return []
  const local = isLocal(address, seen.host.addresses)
  if (local && listenersAt(address, seen.sockets).length === 0) return []
  const source = { host: '', probe: 'firewall', command: '' }
  const firewall = { known: true as const, value: seen.firewall, source }
  const bound = boundAddress(trouble, seen)
  const block = blockOf(trouble.kind, packetTo(address, local, bound, seen), wayOf(local, seen), firewall)
  // A rule that stops some connections lets our own request pass, which comes when few are open, or from another address.
  if (passesDirectly(address, seen) && block?.by !== 'limit' && bound === null) return []
  if (block) return [claimOf(trouble, address, block, local, seen)]
  return local || seen.place.of === 'backend' ? [] : rejectedThere(trouble, address, ownRules(address, seen), seen)
}

/** The address of this host that a *_bind makes nginx connect from. */
function boundAddress(trouble: Trouble, { place, host }: Seen): string | null {
  const bound = place.of === 'nginx' ? boundFor(trouble, host) : null
  return bound?.state === 'own' ? plainAddress(bound.address) : null
}

function ownRules(address: string, seen: Seen): 'pass' | 'unknown' {
  const source = { host: '', probe: 'firewall', command: '' }
  return rulesForPort(portOf(address), { known: true, value: seen.firewall, source }).unknown === null
    ? 'pass'
    : 'unknown'
}

function passesDirectly(address: string, seen: Seen): boolean {
  const live = seen['live-requests']
  return (
    live.known &&
    live.value.answers.some((answer) => answer.way !== 'nginx' && answer.endpoint === address && answer.status !== null)
  )
}

function claimOf(trouble: Trouble, address: string, { rule, by, back }: Block, local: boolean, seen: Seen): Claim {
  const listener = listenersAt(address, seen.sockets)[0]
  const place = trouble.endpoints[0]
  return {
    summary: `${ruleName(rule)} ${rule.verdict === 'drop' ? 'drops' : 'rejects'} ${back ? 'what comes back from' : `${by === 'limit' ? 'some of the ' : ''}connections to`} ${address}${listener ? `, where ${listenerText(listener)} listens` : ''}`,
    subject: {
      upstream: address,
      // The rule is on this machine, whosever address it is about.
      ...(!local && { host: seen.routes.source.host }),
      ...(place && { file: place.file, line: place.line }),
    },
    failingNow: isOpen(trouble),
    about: troubleKey(trouble),
    impact: impactOf(trouble, seen.host),
    evidence: [
      ...troubleEvidence(trouble),
      seenBy('firewall', commandOf(rule.tool), rule.text),
      ...(listener ? [seenBy('sockets', 'ss -Htlnp', listenerText(listener))] : []),
    ],
    unlike: [...(local ? localAlikes(address, seen) : remoteAlikes(address, seen))],
    ...(by !== 'followed' && { atMost: 'likely' as const }),
    steps: [
      by === 'limit'
        ? `let nginx through before that rule, or raise its limit: all connections of nginx come from one address and user   # ${rule.text}`
        : `let ${back ? `in what answers from ${hostOf(address)}` : `nginx through to tcp/${portOf(address)}`}: ${allowWith(rule, address)}`,
      'see who added the rule, and keep the change where the rules are kept',
    ],
  }
}

function localAlikes(address: string, seen: Seen): LookAlike[] {
  const [listener] = listenersAt(address, seen.sockets)
  const full = listener !== undefined && isFull(listener)
  return [
    ruledOut('backend-down', `${listener ? listenerText(listener) : 'a process'} listens there`),
    full || listener?.sendQ === null
      ? notJudged(
          'backend-saturated',
          `the accept queue may be full too: ${listener.recvQ} of ${listener.sendQ ?? 'an unknown number'}`,
        )
      : ruledOut(
          'backend-saturated',
          `the accept queue is not full: ${listener?.recvQ ?? 0} of ${listener?.sendQ ?? 0}`,
        ),
    seen.place.of === 'backend'
      ? wayAlike(address, seen)
      : ruledOut('host-unreachable', `${hostOf(address)} is an address of this host`),
  ]
}

function remoteAlikes(address: string, seen: Seen): LookAlike[] {
  return [
    notJudged('backend-down', `only ${hostOf(address)} itself can tell whether something listens there`),
    wayAlike(address, seen),
  ]
}

function wayAlike(address: string, { routes }: Seen): LookAlike {
  const way = wayTo(hostOf(address), routes)
  return way.kind === 'open'
    ? ruledOut('host-unreachable', `there is a route: ${way.route.message}`)
    : notJudged('host-unreachable', way.kind === 'none' ? way.noWay.words : way.reason)
}

function ruleName(rule: FilterRule): string {
  if (rule.chain.startsWith('ufw')) return 'a ufw rule'
  if (rule.text.startsWith('policy of')) return `the ${rule.text}`
  if (rule.chain.startsWith('filter_IN_')) return 'firewalld'
  return rule.tool === 'nft' ? 'an nftables rule' : `${rule.tool === 'firewalld' ? 'a' : 'an'} ${rule.tool} rule`
}

function commandOf(tool: FilterRule['tool']): string {
  return {
    nft: 'nft list ruleset',
    iptables: 'iptables-save',
    ip6tables: 'ip6tables-save',
    firewalld: 'firewall-cmd --list-all',
  }[tool]
}

function allowWith(rule: FilterRule, address: string): string {
  const port = portOf(address)
  if (rule.chain.startsWith('ufw'))
    return `ufw allow proto tcp to ${hostOf(address)} port ${port}   # ufw status numbered shows the rule that blocks`
  const zone = /^filter_IN_(?<zone>[A-Za-z0-9_-]+?)(?:_deny|_post|_pre)?$/.exec(rule.chain)?.groups?.['zone']
  if (rule.tool === 'nft' && zone !== undefined)
    return `firewall-cmd --zone=${zone} --add-port=${port}/tcp, and again with --permanent   # firewalld writes these rules`
  switch (rule.tool) {
    case 'firewalld':
      return `firewall-cmd --add-port=${port}/tcp`
    case 'iptables':
    case 'ip6tables':
      return `delete the rule (${rule.tool}-save shows it as: ${rule.text})`
    default:
      return `nft -a list ruleset   # then delete the rule by its handle: ${rule.text}`
  }
}
