import type { Claim } from '../../diagnosis/rule.ts'
import { notJudged, ruledOut } from '../../diagnosis/rule.ts'
import type { Host } from '../../probes/host.ts'
import { isOpen } from '../../symptoms/course.ts'
import type { Trouble } from '../../symptoms/trouble.ts'
import { badAnswers } from '../consequences.ts'
import { impactOf, seenBy, troubleEvidence, troubleKey } from '../knowledge.ts'
import type { DeadEnd } from './dead-end.ts'

/** A forwarder accepts for somebody who is not there. Without a service that is tied to its target, that one may as well listen elsewhere. */
export function downBehindForwarder(
  trouble: Trouble,
  address: string,
  { pid, listener, target, text, down }: DeadEnd,
  host: Host,
): Claim {
  const place = trouble.endpoints[0]
  return {
    summary: `${listener} only forwards to ${target}, where nothing listens${down ? `: ${down.unit.id} is down` : ''}`,
    subject: {
      upstream: address,
      ...(down && { unit: down.unit.id }),
      ...(place && { file: place.file, line: place.line }),
    },
    failingNow: isOpen(trouble),
    about: troubleKey(trouble),
    explains: badAnswers,
    impact: impactOf(trouble, host),
    evidence: [
      ...troubleEvidence(trouble),
      seenBy('backend-units', `tr '\\0' ' ' </proc/${pid}/cmdline`, text),
      seenBy('sockets', 'ss -Htlnp', `no listener on ${target}`),
      ...(down
        ? [
            seenBy(
              'backend-units',
              `systemctl show ${down.unit.id}`,
              `ActiveState=${down.unit.active} SubState=${down.unit.sub} Result=${down.unit.result}`,
            ),
          ]
        : []),
    ],
    unlike: [
      ruledOut('firewall-blocked', `connections to ${address} are accepted`),
      down
        ? ruledOut('backend-wrong-port', `${down.unit.id} names ${target}`)
        : notJudged('backend-wrong-port', `no stopped service is tied to ${target}`),
    ],
    ...(!down && { atMost: 'possible' as const }),
    steps: down
      ? [`systemctl start ${down.unit.id}`, `journalctl -u ${down.unit.id} -n 50   # if it does not stay up`]
      : [`find out what should listen on ${target} and start it`],
    ...(down && down.tie.kind !== 'journal' && { action: { id: 'start-unit' as const, target: down.unit.id } }),
  }
}
