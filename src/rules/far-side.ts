import type { Claim } from '../diagnosis/rule.ts'
import { notJudged, ruledOut } from '../diagnosis/rule.ts'
import type { Fact } from '../diagnosis/fact.ts'
import type { Host } from '../probes/host.ts'
import type { LiveAnswer } from '../probes/live-requests.ts'
import type { Routes } from '../probes/routes.ts'
import { hostOf, portOf } from '../symptoms/address.ts'
import { isOpen } from '../symptoms/course.ts'
import { directKind } from '../symptoms/kind.ts'
import type { Trouble } from '../symptoms/trouble.ts'
import { impactOf, liveEvidence, seenBy, troubleEvidence, troubleKey } from './knowledge.ts'
import { wayTo } from './way-to.ts'

interface Seen {
  readonly host: Host
  readonly routes: Fact<Routes>
  readonly 'live-requests': Fact<{ readonly answers: readonly LiveAnswer[] }>
}

/**
 * A machine on the same link that answers for its address and yet is "unreachable" for one port sends that word itself: ICMP of its
 * packet filter (REJECT, firewalld), for a machine that is up answers a closed port by a reset. Behind a gateway any router may have sent it.
 * Only a request of this moment counts: the neighbour's state is of this moment too.
 */
export function rejectedThere(trouble: Trouble, address: string, ownRules: 'pass' | 'unknown', seen: Seen): Claim[] {
  const way = wayTo(hostOf(address), seen.routes)
  if (trouble.kind !== 'unreachable' || way.kind !== 'open' || !way.onLink || !way.answers) return []
  const live = seen['live-requests']
  const direct = live.known
    ? live.value.answers.find(
        (each) => each.way !== 'nginx' && each.endpoint === address && directKind(each) === 'unreachable',
      )
    : undefined
  if (!direct) return []
  const place = trouble.endpoints[0]
  return [
    {
      summary: `${hostOf(address)} is up and rejects connections to port ${portOf(address)}: its packet filter answers that it cannot be reached`,
      subject: { upstream: address, ...(place && { file: place.file, line: place.line }) },
      failingNow: isOpen(trouble),
      about: troubleKey(trouble),
      impact: impactOf(trouble, seen.host),
      evidence: [
        ...troubleEvidence(trouble),
        liveEvidence(direct),
        seenBy('routes', `ip neigh show ${hostOf(address)}`, `${way.route.message}\n${way.route.neighbour ?? ''}`),
      ],
      unlike: [
        ruledOut('host-unreachable', `${hostOf(address)} answers on the link (neighbour ${way.route.neighbour ?? ''})`),
        ruledOut('backend-down', 'a closed port is answered by a reset (111), not by an unreachable (113)'),
        ownRules === 'pass'
          ? notJudged('firewall-blocked', `the rules of ${hostOf(address)} can only be read there`)
          : notJudged(
              'firewall-blocked',
              'the rules of this host could not be read: one of them may send the same answer',
            ),
      ],
      atMost: ownRules === 'pass' ? 'likely' : 'possible',
      steps: [
        `let this host through to tcp/${portOf(address)} in the packet filter of ${hostOf(address)}: there, nft list ruleset; iptables-save; firewall-cmd --list-all`,
      ],
    },
  ]
}
