import { type ErrorLine, parseErrorLine } from '../nginx/error-line.ts'
import { kindOf } from '../nginx/messages.ts'
import { requestedPath } from '../nginx/requested-path.ts'
import type { Facts } from '../probes/index.ts'
import { logsOf } from './traffic.ts'
import type { Trouble } from './trouble.ts'

/** What a script writes about a visitor who does not know the password. */
const wrongPassword =
  /\b(?:log-?in|sign-?in|password|passwd|credentials?|authentication)\b[^"]{0,40}\b(?:failed|failure|invalid|incorrect|wrong|mismatch|rejected)\b|\b(?:failed|invalid|incorrect|wrong|bad)\b[^"]{0,20}\b(?:log-?in|sign-?in|password|passwd|credentials?)\b/i

/** The words of who asks somebody else for the password, and does not reach him; and of any error of the script itself. */
const elsewhere =
  /connect|time[d-]? ?out|unreachable|refused|unavailable|exception|\berror\b|PHP (?:Fatal|Parse|Warning)|Uncaught|SQLSTATE|ldap|resolve|socket|database|gateway|api|smtp|imap|\bs3\b|\bkey\b|token|upstream|remote|merchant|payment/i

/** Not more lines than answers that say the same. */
const AS_MANY = 0.8

/**
 * Scripts also write to stderr whom they turned away. They fail nobody where each line that can be seen says just that, what those lines asked for was
 * answered 401 or 403 about as many times, and the sites' own logs have no 5xx. Of alike lines the probe keeps the newest, and the tail of the log has
 * those before.
 */
export function tellsWrongPasswords({ kind, groups, sites, recent }: Trouble, facts: Facts): boolean {
  const { 'error-log': log } = facts
  if (kind !== 'error-answer' || !log.known || recent === 0) return false
  const told = groups.map(({ line }) => line)
  const before = log.value.tail.flatMap((text) => parseErrorLine(text) ?? [])
  const own = [...told, ...before.filter((line) => isStderr(line) && sites.includes(line.server ?? ''))]
  if (told.length === 0 || !own.every((line) => isStderr(line) && saysWrongPassword(line))) return false
  const logs = logsOf(sites, facts)
  const asked = new Set(own.map((line) => firstSegment(requestedPath(line))))
  const refused = logs.flatMap(({ answers }) =>
    answers.filter(({ status, segment }) => (status === 401 || status === 403) && asked.has(segment)),
  )
  return (
    logs.length > 0 &&
    logs.every(({ byStatus }) => [...byStatus.keys()].every((status) => status < 500)) &&
    refused.reduce((sum, { count }) => sum + count, 0) >= AS_MANY * recent
  )
}

function isStderr(line: ErrorLine): boolean {
  return kindOf(line) === 'fastcgi-stderr'
}

function saysWrongPassword({ message }: ErrorLine): boolean {
  return wrongPassword.test(message) && !elsewhere.test(message)
}

/** As the access log's counts name it: "/cart" of "/cart/17". */
function firstSegment(path: string): string | null {
  return /^\/[^/]*/.exec(path)?.[0] ?? null
}
