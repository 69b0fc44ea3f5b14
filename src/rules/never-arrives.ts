import type { Claim, View } from '../diagnosis/rule.ts'
import { notJudged, ruledOut } from '../diagnosis/rule.ts'
import { isLocal, portOf } from '../symptoms/address.ts'
import { isOpen } from '../symptoms/course.ts'
import type { Trouble } from '../symptoms/trouble.ts'
import { laterDrop } from './filter/later-packets.ts'
import { impactOf, type Knowledge, seenBy, troubleEvidence, troubleKey } from './knowledge.ts'
import { listenersAt, listenerText } from './listening.ts'

type Seen = View<Knowledge, 'host' | 'sockets' | 'firewall', 'live-requests'>

/** A filter that lets connections come about and drops the requests on them: from outside a backend that answers nothing. */
export function neverArrives(trouble: Trouble, seen: Seen): Claim[] {
  const { address } = trouble
  if (trouble.kind !== 'answer-timeout' || address === null || address.startsWith('unix:')) return []
  const [listener] = listenersAt(address, seen.sockets)
  if (!listener || !isLocal(address, seen.host.addresses) || answers(address, seen)) return []
  const rule = laterDrop(portOf(address), {
    known: true,
    value: seen.firewall,
    source: { host: '', probe: 'firewall', command: '' },
  })
  if (!rule) return []
  return [
    {
      summary: `a rule of ${rule.tool} (${rule.chain}) lets connections to ${address} come about and drops what is sent on them: ${rule.text}`,
      subject: { upstream: address },
      failingNow: isOpen(trouble),
      about: troubleKey(trouble),
      explains: ['backend-hung', 'backend-slow', 'timeout-too-low', 'backend-saturated'],
      impact: impactOf(trouble, seen.host),
      evidence: [
        ...troubleEvidence(trouble),
        seenBy('firewall', rule.tool === 'nft' ? 'nft list ruleset' : `${rule.tool}-save`, rule.text),
        seenBy('sockets', 'ss -Htlnp', listenerText(listener)),
      ],
      unlike: [
        ruledOut('backend-down', `${listenerText(listener)} listens there`),
        notJudged('backend-hung', 'whether it would answer a request that arrives was not seen'),
      ],
      atMost: 'likely',
      steps: [
        `take the condition on size or content off that rule for tcp/${portOf(address)}: ${rule.text}`,
        'see who added the rule, and keep the change where the rules are kept',
      ],
    },
  ]
}

/** Some request did get its answer while we looked, or may have: nobody looked, or what it got did not arrive here. */
function answers(address: string, { 'live-requests': live }: Seen): boolean {
  if (!live.known || live.value.cut) return true
  if (live.value.lost.some(({ endpoint }) => endpoint === address)) return true
  return (
    live.value.answers.some((each) => each.way === 'direct' && each.endpoint === address && each.status !== null) ||
    live.value.watches.some((each) => each.endpoint === address && each.finished > 0)
  )
}
