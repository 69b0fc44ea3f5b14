import type { Claim, View } from '../diagnosis/rule.ts'
import { notJudged, ruledOut } from '../diagnosis/rule.ts'
import type { EndpointUse } from '../nginx/config-endpoints.ts'
import type { BackendAnswer } from '../probes/backend-answer.ts'
import { concernedUse } from '../symptoms/concerned-use.ts'
import { isOpen } from '../symptoms/course.ts'
import type { Trouble } from '../symptoms/trouble.ts'
import { headerBufferOf, roomFor } from './header-buffer.ts'
import { heardAt } from './heard.ts'
import { defineRule, impactOf, type Knowledge, seenBy, troubleEvidence, troubleKey } from './knowledge.ts'
import { settingsDiff } from './location-diff.ts'
import { tiedUnits } from './tied-units.ts'

type Seen = View<Knowledge, 'troubles' | 'host' | 'nginx-config', 'backend-answer' | 'backend-units'>

/**
 * Cause: the header of the backend's answer is larger than the buffer nginx has for it.
 * Tell-tale: "upstream sent too big header", and the buffer size in force for that location.
 * Look-alikes: invalid-response (a header that nginx cannot read), protocol-mismatch (bytes that are no header at all).
 */
export const responseHeaderTooBig = defineRule({
  id: 'response-header-too-big',
  needs: ['troubles', 'host', 'nginx-config'],
  settles: ['backend-answer', 'backend-units'],
  atBackend: true,
  judge: (seen) => seen.troubles.flatMap((trouble) => judgeTrouble(trouble, seen)),
})

function judgeTrouble(trouble: Trouble, seen: Seen): Claim[] {
  const use = concernedUse(trouble)
  const told = trouble.kind === 'header-too-big'
  if (!(told || isUntold(trouble)) || trouble.address === null || use === null) return []
  const heard = heardAt(trouble.address, use, seen['backend-answer'])
  if (heard.kind === 'other') return []
  // Where no log says so, the answer itself must: nginx cannot take a header that is larger than its buffer.
  const bytes = 'answer' in heard ? heard.answer.headerBytes : null
  if (!told && (heard.kind !== 'same' || bytes === null || bytes <= headerBufferOf(use).bytes)) return []
  return [claimOf(trouble, trouble.address, use, 'answer' in heard ? heard.answer : null, seen)]
}

/** nginx's own 502 from a live request, in no log that says why: error_log may take nothing below crit. */
function isUntold({ kind, live }: Trouble): boolean {
  return (
    (kind === 'gateway-error' || kind === 'failing-answer') &&
    live.some(({ way, status, nginxPage }) => way === 'nginx' && status === 502 && nginxPage)
  )
}

function claimOf(trouble: Trouble, address: string, use: EndpointUse, answer: BackendAnswer | null, seen: Seen): Claim {
  const buffer = headerBufferOf(use)
  const bytes = answer?.headerBytes ?? null
  const seenBig = answer !== null && bytes !== null && bytes > buffer.bytes
  const settings = roomFor(seenBig ? bytes : null, use, buffer)
  const diff = settingsDiff(seen['nginx-config'], use.pass, settings)
  const unit = seen['backend-units'].known ? tiedUnits(address, seen['backend-units'].value)[0]?.unit.id : undefined
  const big = answer?.headers.toSorted((a, b) => b.bytes - a.bytes)[0]
  const size = seenBig ? `${bytes} bytes, most of it ${big?.name ?? ''}` : `more than ${buffer.bytes} bytes`
  return {
    summary: `the response header of ${unit ?? address} does not fit into ${buffer.directive} (${buffer.bytes / 1024}k): it has ${size}`,
    subject: { upstream: address, file: use.pass.file, line: use.pass.line, ...(unit && { unit }) },
    failingNow: isOpen(trouble),
    about: troubleKey(trouble),
    impact: impactOf(trouble, seen.host),
    evidence: [
      ...troubleEvidence(trouble),
      seenBy('nginx-config', 'nginx -T', buffer.text),
      ...(seenBig ? [seenBy('backend-answer', `curl -i http://${address}${answer.path}`, sizesOf(answer))] : []),
    ],
    unlike: [
      trouble.kind === 'header-too-big'
        ? ruledOut('invalid-response', 'nginx says that it is too big, and not that a line of it is invalid')
        : notJudged('invalid-response', 'nginx refuses it for its size alone; what it says of the lines is in no log'),
      // A status line or record of another protocol is refused at once (ngx_http_proxy_process_status_line, ngx_http_fastcgi_process_record).
      ruledOut(
        'protocol-mismatch',
        trouble.kind === 'header-too-big'
          ? 'nginx read the beginning of a valid header before it ran out of room'
          : 'asked directly, it speaks what nginx speaks to it',
      ),
    ],
    steps: [
      `find what makes the header so big: ${seenBig ? `${big?.name ?? ''} has ${big?.bytes ?? 0} bytes` : 'cookies, a token, a list of links, PHP messages on stderr'}`,
      `${use.pass.file}:${use.pass.line}: ${settings.map(({ name, value }) => `${name} ${value};`).join(' ')}`,
      'nginx -t && systemctl reload nginx',
    ],
    ...(diff !== null && { diff }),
  }
}

function sizesOf(answer: BackendAnswer): string {
  const most = answer.headers.toSorted((a, b) => b.bytes - a.bytes).slice(0, 4)
  return `header of ${answer.headerBytes ?? 0} bytes: ${most.map(({ name, bytes }) => `${name} ${bytes}`).join(', ')}`
}
