import type { Claim, View } from '../diagnosis/rule.ts'
import { kindOf } from '../nginx/messages.ts'
import type { Spoken } from '../probes/backend-answer.ts'
import { concernedUse } from '../symptoms/concerned-use.ts'
import { isOpen } from '../symptoms/course.ts'
import { refusedAnswers } from '../symptoms/refused-answers.ts'
import { instantAgo } from '../symptoms/time.ts'
import type { Trouble } from '../symptoms/trouble.ts'
import { heardAt, spokenBy } from './heard.ts'
import { defineRule, impactOf, type Knowledge, seenBy, troubleEvidence, troubleKey } from './knowledge.ts'
import { mismatchClaim, type Told } from './mismatch-claim.ts'
import { ownerSpeaks } from './owner-speaks.ts'
import { plainForTls } from './plain-for-tls.ts'

type Seen = View<Knowledge, 'troubles' | 'host' | 'nginx-config', 'backend-answer' | 'backend-units' | 'access-log'>

/** How a listener of another protocol looks in the log: cut off, silent, or an answer that is none. */
const LOOKS: ReadonlySet<Trouble['kind']> = new Set([
  'invalid-answer',
  'bad-answer',
  'header-too-big',
  'tls-failed',
  'closed',
  'answer-timeout',
  'gateway-error',
])

/**
 * Cause: nginx speaks another protocol than the listener: http to a TLS port, https to a plain one, http to FastCGI or uwsgi, HTTP/2 to HTTP/1.
 * Tell-tale: the listener answers the beginning of another protocol in that protocol, and not the one that nginx uses. Without that
 * look: a frame that begins with "HTT", a FastCGI version 72 ("H"), "wrong version number".
 * Look-alikes: invalid-response (the right protocol, a flawed header), upstream-tls-sni, -verify, -protocol (TLS on both sides).
 */
export const protocolMismatch = defineRule({
  id: 'protocol-mismatch',
  needs: ['troubles', 'host', 'nginx-config'],
  settles: ['backend-answer', 'backend-units', 'access-log'],
  judge: (seen) => [
    ...seen.troubles.flatMap((trouble) => judgeTrouble(trouble, seen)),
    ...judgeRefused(seen),
    ...plainForTls(seen),
  ],
})

function judgeTrouble(trouble: Trouble, seen: Seen): Claim[] {
  const { address } = trouble
  const use = concernedUse(trouble)
  if (!LOOKS.has(trouble.kind) || address === null || use === null) return []
  // A stream without TLS of its own speaks whatever its clients do.
  if (use.pass.protocol === 'stream' && spokenBy(use) === null) return []
  const heard = heardAt(address, use, seen['backend-answer'])
  if (heard.kind === 'same') return []
  const owner = ownerSpeaks(address, seen['backend-units'])
  const spoken = heard.kind === 'other' ? heard.spoken : (owner?.spoken ?? fromLine(trouble))
  return spoken === null || spoken === spokenBy(use)
    ? []
    : [mismatchClaim(toldBy(trouble, seen), address, use, heard, spoken, owner, seen)]
}

/** Every request is answered 400, and the listener speaks TLS, or HTTP where nginx speaks uwsgi: nothing failed for nginx, so no trouble tells of it. */
function judgeRefused(seen: Seen): Claim[] {
  const access = seen['access-log']
  const refused = access.known ? refusedAnswers(access.value, seen['nginx-config'].model) : []
  return refused.flatMap(({ address, use, log, answer, asked, nearlyAll }): Claim[] => {
    const heard = heardAt(address, use, seen['backend-answer'])
    const spoken = use.pass.protocol === 'uwsgi' ? 'http' : 'tls'
    if (heard.kind === 'same' || (heard.kind === 'other' && heard.spoken !== spoken)) return []
    if (!nearlyAll && heard.kind !== 'other' && heard.kind !== 'not-asked') return []
    const told = {
      failingNow: true,
      impact: {
        count: answer.count,
        firstSeen: instantAgo(seen.host, answer.firstAgo),
        lastSeen: instantAgo(seen.host, answer.lastAgo),
        sites: use.serverNames,
        failingShare: null,
        intermittent: !nearlyAll,
      },
      evidence: [
        seenBy(
          'access-log',
          `grep ' 400 ' ${log}`,
          `${answer.count} of ${asked} requests to ${answer.segment ?? '/'} are answered 400`,
        ),
      ],
    }
    const claim = mismatchClaim(told, address, use, heard, spoken, null, seen)
    if (heard.kind === 'other') return [claim]
    const summary = `${answer.count} of ${asked} requests to ${answer.segment ?? '/'} are answered 400; ${spoken === 'tls' ? 'a TLS port says that to plain HTTP' : 'a server of HTTP says that to the uwsgi protocol'}, and what ${address} speaks could not be asked`
    // A page of the application may answer 400 by itself: a patch that rests on a guess would end what still works.
    const { diff, steps, ...guess } = claim
    return [
      {
        ...guess,
        summary,
        atMost: 'possible',
        steps: diff === undefined ? steps : [askFirst(address, spoken), ...steps],
      },
    ]
  })
}

function askFirst(address: string, spoken: 'tls' | 'http'): string {
  const scheme = spoken === 'tls' ? 'https' : 'http'
  const [, path] = /^unix:(.+)$/.exec(address) ?? []
  const where = path === undefined ? `${scheme}://${address}/` : `--unix-socket '${path}' ${scheme}://localhost/`
  return `see first whether it really speaks that: curl -kv ${where}   # and what the application itself answers with 400`
}

/** What nginx's own words give away: sizes and versions it read where other bytes stood. */
function fromLine(trouble: Trouble): Spoken | null {
  for (const { line } of trouble.groups) {
    const kind = kindOf(line)
    // 0x485454, "HTT", read as the length of a frame; 72, "H", read as a version.
    if (kind === 'frame-too-large' && line.message.endsWith(': 4740180')) return 'http'
    if (kind === 'fastcgi-version' && line.message.endsWith(': 72')) return 'http'
    if (kind === 'ssl-handshake' && line.ssl?.includes('wrong version number')) return 'http'
  }
  return null
}

function toldBy(trouble: Trouble, seen: Seen): Told {
  return {
    failingNow: isOpen(trouble),
    about: troubleKey(trouble),
    impact: impactOf(trouble, seen.host),
    evidence: troubleEvidence(trouble),
  }
}
