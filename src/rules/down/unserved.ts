import type { Evidence } from '../../diagnosis/diagnosis.ts'
import type { Claim } from '../../diagnosis/rule.ts'
import { notJudged, ruledOut } from '../../diagnosis/rule.ts'
import { portOf } from '../../symptoms/address.ts'
import { isOpen } from '../../symptoms/course.ts'
import type { Trouble } from '../../symptoms/trouble.ts'
import { stoppedWithoutPorts } from '../containers/down.ts'
import { impactOf, seenBy, troubleEvidence, troubleKey } from '../knowledge.ts'
import { listenerText } from '../listening.ts'
import { type DownSeen, filterAlike } from './look-alikes.ts'
import { nobodyElseListens } from './others-listen.ts'

/** Nothing listens, and no unit is tied to the address: true, but who should listen is not known. */
export function unserved(trouble: Trouble, address: string, seen: DownSeen): Claim {
  const units = seen['backend-units']
  const stopped = stoppedWithoutPorts(seen.containers)
  const nobody = nobodyElseListens(seen)
  return {
    summary: `nothing listens on ${address}, and no service of this host is known to serve it`,
    subject: { upstream: address },
    failingNow: isOpen(trouble),
    about: troubleKey(trouble),
    impact: impactOf(trouble, seen.host),
    evidence: [...troubleEvidence(trouble), ...orphans(seen), ...stopped.evidence],
    unlike: [
      nobody === null
        ? notJudged(
            'backend-wrong-port',
            units.known ? `no unit, pool or journal ties a service of this host to ${address}` : units.reason,
          )
        : ruledOut('backend-wrong-port', nobody),
      ruledOut('listen-address-mismatch', `no backend listens on port ${portOf(address)} at any address`),
      ...(nobody === null ? [] : [filterAlike(trouble, address, seen)]),
    ],
    atMost: nobody === null || !filterAlike(trouble, address, seen).out ? 'possible' : 'likely',
    steps: [
      ...stopped.steps,
      `find what should listen on ${address} and start it`,
      `${seen.sockets.from === 'ss' ? 'ss -Htlnp' : 'netstat -ltnp'} | grep :${portOf(address)}`,
    ],
  }
}

function orphans(seen: DownSeen): Evidence[] {
  const text = seen.sockets.listeners.slice(0, 12).map(listenerText).join('\n')
  return text === '' ? [] : [seenBy('sockets', 'ss -Htlnp', text)]
}

/** From this host alone a machine that is up and refuses cannot be told from one whose firewall answers with a reset. */
export function refusedElsewhere(trouble: Trouble, address: string, seen: DownSeen): Claim {
  return {
    summary: `${address} is another host and refuses the connection`,
    subject: { upstream: address },
    failingNow: isOpen(trouble),
    about: troubleKey(trouble),
    impact: impactOf(trouble, seen.host),
    evidence: troubleEvidence(trouble),
    unlike: [notJudged('firewall-blocked', `only the host at ${address} can tell whether something listens there`)],
    atMost: 'possible',
    steps: [`look at the host of ${address}: ss -Htlnp | grep :${portOf(address)}`],
  }
}
