import { parseErrorLine } from '../nginx/error-line.ts'
import { kindOf } from '../nginx/messages.ts'
import type { Facts } from '../probes/index.ts'
import { serversLoggingTo } from './answering-servers.ts'
import type { Trouble } from './trouble.ts'

/** What a script writes about a visitor who does not know the password. */
const wrongPassword =
  /\b(?:log-?in|sign-?in|password|passwd|credentials?|authentication)\b[^"]{0,40}\b(?:failed|failure|invalid|incorrect|wrong|mismatch|rejected)\b|\b(?:failed|invalid|incorrect|wrong|bad)\b[^"]{0,20}\b(?:log-?in|sign-?in|password|passwd|credentials?)\b/i

/** The words of who asks somebody else for the password, and does not reach him; and of any error of the script itself. */
const elsewhere =
  /connect|time[d-]? ?out|unreachable|refused|unavailable|exception|\berror\b|PHP (?:Fatal|Parse|Warning)|Uncaught|SQLSTATE|ldap|resolve|socket|database/i

/** Not more lines than answers that say the same. */
const AS_MANY = 0.8

/**
 * Scripts also write to stderr whom they turned away. They fail nobody where each line that can be seen says just that, about as many requests got 401
 * or 403, and the sites' logs have no 5xx. Of alike lines the probe keeps the newest, and the tail of the log has those before.
 */
export function tellsWrongPasswords({ kind, groups, sites, recent }: Trouble, facts: Facts): boolean {
  const { 'error-log': log, 'access-log': access, 'nginx-config': config } = facts
  if (kind !== 'error-answer' || !log.known || !access.known || access.value.cut || !config.known) return false
  const lines = [...groups.map(({ line }) => line), ...log.value.tail.flatMap((text) => parseErrorLine(text) ?? [])]
  const own = lines.filter((line) => kindOf(line) === 'fastcgi-stderr' && sites.includes(line.server ?? ''))
  if (!own.every(({ message }) => wrongPassword.test(message) && !elsewhere.test(message))) return false
  const { model } = config.value
  const logs = access.value.logs.filter(({ path }) =>
    serversLoggingTo(path, model).some(({ names }) => names.some((name) => sites.includes(name))),
  )
  const count = (status: number): number => logs.reduce((sum, { byStatus }) => sum + (byStatus.get(status) ?? 0), 0)
  return (
    logs.length > 0 &&
    logs.every(({ state }) => state === 'read') &&
    logs.every(({ byStatus }) => [...byStatus.keys()].every((status) => status < 500)) &&
    count(401) + count(403) >= AS_MANY * recent
  )
}
