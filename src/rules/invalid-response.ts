import type { Claim, LookAlike, View } from '../diagnosis/rule.ts'
import { notJudged, ruledOut } from '../diagnosis/rule.ts'
import type { EndpointUse } from '../nginx/config-endpoints.ts'
import { kindOf } from '../nginx/messages.ts'
import type { BackendAnswer } from '../probes/backend-answer.ts'
import type { LogGroup } from '../probes/error-log.ts'
import { concernedUse } from '../symptoms/concerned-use.ts'
import { isOpen } from '../symptoms/course.ts'
import type { Trouble } from '../symptoms/trouble.ts'
import { flawOf } from './header-flaws.ts'
import { type Heard, heardAt, mismatchAlike } from './heard.ts'
import { defineRule, impactOf, type Knowledge, seenBy, troubleEvidence, troubleKey } from './knowledge.ts'
import { tiedUnits } from './tied-units.ts'

type Seen = View<Knowledge, 'troubles' | 'host' | 'nginx-config', 'backend-answer' | 'backend-units' | 'nginx-build'>

/**
 * Cause: the backend sends a header that nginx rejects: an invalid or duplicate line, a bad status line, a broken chunk.
 * Tell-tale: nginx's own words for it, from a listener that does speak the protocol nginx uses; a plain GET shows the same flaw.
 * Look-alikes: protocol-mismatch (what comes back is another protocol), response-header-too-big (only its size is wrong).
 */
export const invalidResponse = defineRule({
  id: 'invalid-response',
  needs: ['troubles', 'host', 'nginx-config'],
  settles: ['backend-answer', 'backend-units', 'nginx-build'],
  atBackend: true,
  judge: (seen) => seen.troubles.flatMap((trouble) => judgeTrouble(trouble, seen)),
})

function judgeTrouble(trouble: Trouble, seen: Seen): Claim[] {
  const use = concernedUse(trouble)
  const newest = trouble.groups.toSorted((a, b) => b.last.localeCompare(a.last))[0]
  if (trouble.kind !== 'invalid-answer' || trouble.address === null || use === null || !newest) return []
  const kind = kindOf(newest.line)
  // A frame or a record of another protocol is no header that somebody could mend.
  if (kind === 'frame-too-large' || kind === 'fastcgi-version') return []
  const heard = heardAt(trouble.address, use, seen['backend-answer'])
  return heard.kind === 'other' ? [] : [claimOf(trouble, trouble.address, use, heard, newest, seen)]
}

function claimOf(
  trouble: Trouble,
  address: string,
  use: EndpointUse,
  heard: Heard,
  newest: LogGroup,
  seen: Seen,
): Claim {
  const build = seen['nginx-build']
  const answer = 'answer' in heard ? heard.answer : null
  const flaw = answer && flawOf(answer, build.known ? build.value.version : null)
  const unit = seen['backend-units'].known ? tiedUnits(address, seen['backend-units'].value)[0]?.unit.id : undefined
  const said = newest.line.message.slice(0, 160)
  return {
    summary: `${unit ?? `the backend at ${address}`} sends an answer that nginx rejects: ${flaw ?? said}`,
    subject: { upstream: address, file: use.pass.file, line: use.pass.line, ...(unit && { unit }) },
    failingNow: isOpen(trouble),
    about: troubleKey(trouble),
    impact: impactOf(trouble, seen.host),
    evidence: [
      ...troubleEvidence(trouble),
      ...(answer ? [seenBy('backend-answer', `curl -i http://${address}${answer.path}`, linesOf(answer))] : []),
    ],
    unlike: [
      unclearAlike(heard, newest),
      ruledOut('response-header-too-big', 'nginx names what is wrong in it, and it is not the size'),
    ],
    steps: [
      `mend it in the backend${unit ? ` (${unit})` : ''}: ${flaw ?? said}`,
      'if it began with an upgrade of nginx: 1.21.1 began to reject spaces and control characters in names, 1.23 the same length or encoding header twice',
    ],
  }
}

/** nginx names a header line only after it has read a status line of HTTP; of other first lines it says no more than that. */
function unclearAlike(heard: Heard, newest: LogGroup): LookAlike {
  const alike = mismatchAlike(heard)
  if (alike.out) return alike
  if (kindOf(newest.line) === 'invalid-header' && /^https?:/.test(newest.line.upstream ?? ''))
    return ruledOut('protocol-mismatch', 'nginx read a status line of HTTP before it met the flaw')
  const first = heard.kind === 'unclear' ? heard.answer.firstLine : null
  if (first?.includes('HTTP/1.')) return ruledOut('protocol-mismatch', `HTTP comes, behind something else: "${first}"`)
  return first !== null ? notJudged('protocol-mismatch', `a GET is answered "${first}", which is no HTTP`) : alike
}

function linesOf(answer: BackendAnswer): string {
  const lines = answer.headers.slice(0, 12).map(({ name, bytes }) => `${name}: ... (${bytes} bytes)`)
  return [answer.firstLine ?? 'nothing', ...lines].join('\n')
}
