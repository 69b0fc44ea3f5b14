import type { Claim, View } from '../diagnosis/rule.ts'
import type { EndpointUse } from '../nginx/config-endpoints.ts'
import type { Spoken } from '../probes/backend-answer.ts'
import { lineText } from './config-line.ts'
import { type Heard, heardEvidence, protocolName, spokenBy } from './heard.ts'
import { type Knowledge, seenBy } from './knowledge.ts'
import { mismatchAlikes } from './mismatch-alikes.ts'
import type { OwnerSpeaks } from './owner-speaks.ts'
import { passFor } from './pass-for.ts'
import { tiedUnits } from './tied-units.ts'

type Seen = View<Knowledge, 'nginx-config', 'backend-units'>

/** One *_pass speaks one protocol to all peers of its upstream: where the others are well, it is the peer that has to change. */
function isOneOfMany(
  { impact }: Told,
  address: string,
  { upstream }: EndpointUse,
  { 'nginx-config': { model } }: Seen,
): { readonly words: string; readonly diff: null } | null {
  const peers = model.upstreams.find(({ name }) => name === upstream)?.peers.length ?? 1
  if (impact?.intermittent !== true || peers < 2) return null
  return {
    words: `the other peers of ${upstream ?? 'the upstream'} answer as they are asked: let ${address} do the same, or mark it down until all of them have changed`,
    diff: null,
  }
}

function ownerEvidence({ tie, said }: OwnerSpeaks): ReturnType<typeof seenBy> {
  if (said !== null) return seenBy('backend-units', `journalctl -u ${tie.unit}`, said)
  return seenBy('backend-units', `systemctl cat ${tie.unit}`, tie.text)
}

/** What shows that it fails. */
export type Told = Pick<Claim, 'failingNow' | 'about' | 'impact' | 'evidence'>

/** What is claimed of a listener that speaks something else than nginx does. */
export function mismatchClaim(
  told: Told,
  address: string,
  use: EndpointUse,
  heard: Heard,
  spoken: Spoken,
  owner: OwnerSpeaks | null,
  seen: Seen,
): Claim {
  const asked = spokenBy(use)
  const wrong = asked === null ? use.pass.protocol : protocolName(asked)
  const { pass } = use
  const fix = isOneOfMany(told, address, use, seen) ?? passFor(spoken, use, seen['nginx-config'])
  const unit = seen['backend-units'].known ? tiedUnits(address, seen['backend-units'].value)[0]?.unit.id : undefined
  return {
    summary: `${address} speaks ${protocolName(spoken)}, nginx speaks ${wrong} to it (${pass.file}:${pass.line})`,
    subject: { upstream: address, file: pass.file, line: pass.line, ...(unit && { unit }) },
    ...told,
    explains: [
      'invalid-response',
      'response-header-too-big',
      'upstream-tls-sni',
      'upstream-tls-protocol',
      'backend-crashed',
      'backend-killed-by-timeout',
      'keepalive-race',
      'websocket-headers-missing',
      'backend-slow',
      'backend-hung',
      'backend-saturated',
      'timeout-too-low',
    ],
    evidence: [
      ...told.evidence,
      ...(heard.kind === 'other' ? [heardEvidence(heard.answer, spoken)] : []),
      ...(owner?.spoken === spoken ? [ownerEvidence(owner)] : []),
      seenBy('nginx-config', 'nginx -T', lineText(seen['nginx-config'], pass.file, pass.line)),
    ],
    unlike: mismatchAlikes(heard, asked, spoken, owner?.spoken === spoken),
    ...(owner?.said != null && { atMost: 'likely' as const }),
    steps: [
      fix.words,
      'nginx -t && systemctl reload nginx',
      `or point it at the address where the backend speaks ${wrong}`,
    ],
    ...(fix.diff !== null && { diff: fix.diff }),
  }
}
