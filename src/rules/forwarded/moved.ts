import type { Claim, View } from '../../diagnosis/rule.ts'
import { ruledOut } from '../../diagnosis/rule.ts'
import { isRunning } from '../../probes/unit-state.ts'
import { hostOf, portOf } from '../../symptoms/address.ts'
import { isOpen } from '../../symptoms/course.ts'
import type { Trouble } from '../../symptoms/trouble.ts'
import { badAnswers } from '../consequences.ts'
import { impactOf, type Knowledge, seenBy, troubleEvidence, troubleKey } from '../knowledge.ts'
import { isTheSame, otherListeners } from '../other-listener.ts'
import { deadEndAt, forwardedKinds } from './dead-end.ts'

type Seen = View<Knowledge, 'sockets' | 'host' | 'nginx-config' | 'backend-units', 'unix-sockets'>

/** The forwarder that nginx talks to still passes connections on to where its service once listened; the service runs, and listens elsewhere. */
export function movedBehindForwarder(trouble: Trouble, seen: Seen): Claim[] {
  const { address } = trouble
  const [endpoint] = trouble.endpoints
  if (!forwardedKinds.includes(trouble.kind) || address === null || !endpoint) return []
  const end = deadEndAt(address, seen['backend-units'], seen)
  if (!end || end.down) return []
  const { target, pid, text, listener } = end
  const meant = { ...endpoint, address: target, host: hostOf(target), port: portOf(target), unix: null }
  const [other, ...others] = otherListeners(meant, seen, target).filter(({ unit }) => unit === null || isRunning(unit))
  if (!other) return []
  const name = other.unit?.id ?? other.process
  return [
    {
      summary: `${name} listens on ${other.address}, and ${listener}, to which nginx connects, still forwards to ${target}`,
      subject: { upstream: address, ...(other.unit && { unit: other.unit.id }) },
      failingNow: isOpen(trouble),
      about: troubleKey(trouble),
      explains: badAnswers,
      impact: impactOf(trouble, seen.host),
      evidence: [
        ...troubleEvidence(trouble),
        seenBy('backend-units', `tr '\\0' ' ' </proc/${pid}/cmdline`, text),
        seenBy(
          'sockets',
          'ss -Htlnp',
          [`no listener on ${target}`, ...[other, ...others].map((each) => each.text)].join('\n'),
        ),
      ],
      unlike: [
        ruledOut('backend-down', `no stopped service is tied to ${target}, and ${name} runs`),
        ruledOut('firewall-blocked', `connections to ${address} are accepted, and nothing listens on ${target}`),
      ],
      atMost: others.length === 0 && isTheSame(other) ? 'likely' : 'possible',
      steps: [
        `make the forwarder (pid ${pid}: ${text.replace(/^pid \d+: /, '').trim()}) connect to ${other.address}, or ${name} listen on ${target}`,
        'the forwarder may be left out: then nginx connects there itself',
      ],
    },
  ]
}
