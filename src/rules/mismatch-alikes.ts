import type { LookAlike } from '../diagnosis/rule.ts'
import { notJudged, ruledOut } from '../diagnosis/rule.ts'
import type { Spoken } from '../probes/backend-answer.ts'
import { type Heard, protocolName } from './heard.ts'

/** The look-alikes of protocol-mismatch: what was heard, or what the owner of the listener is told to speak, leaves no room for them. */
export function mismatchAlikes(
  heard: Heard,
  asked: Spoken | null,
  spoken: Spoken,
  owned: boolean,
): readonly LookAlike[] {
  const because = heard.kind === 'not-asked' ? heard.reason : 'its answer was not understood'
  const known = heard.kind === 'other' || owned
  const flawed = known
    ? ruledOut('invalid-response', `what it answers is ${protocolName(spoken)}, and nothing else`)
    : notJudged('invalid-response', because)
  const noTls = asked === 'tls' ? 'it does not answer a TLS hello with TLS' : 'nginx does not speak TLS to it'
  const tls = (['upstream-tls-sni', 'upstream-tls-verify', 'upstream-tls-protocol'] as const).map((cause) =>
    known || asked !== 'tls' ? ruledOut(cause, noTls) : notJudged(cause, because),
  )
  return [flawed, ...tls]
}
