import type { MessageKind } from '../nginx/messages.ts'
import type { Knowledge } from '../rules/knowledge.ts'
import { loadedSince } from '../rules/notice-course.ts'
import type { Event } from '../symptoms/events.ts'
import { troubleKindOf } from '../symptoms/kind.ts'
import { inWords } from '../symptoms/time.ts'
import { turnedAway } from './turned-away.ts'

/** What clients do, or nginx says while it does what it was told: no fault of this host. */
const harmless: ReadonlySet<MessageKind> = new Set<MessageKind>([
  'client-closed',
  'client-fault',
  'body-too-large',
  'limiting',
  'forbidden',
  'buffered-to-file',
  'fastcgi-stderr',
  'signal-failed',
  'accept-failed',
])

/** Errors of files that a client asked for and that are not there: ENOENT, ENOTDIR, EISDIR, ENAMETOOLONG. A link that nginx does not follow (ELOOP) is there. */
const notThere: ReadonlySet<number> = new Set([2, 20, 21, 36])

/** So many lines at level error; of the graver levels one is enough. */
const someErrors = 3

/**
 * Errors that nginx wrote for requests of the last ten minutes and that no symptom knows: whatever they mean, a host with them is not
 * called healthy. Told in words.
 */
export function unexplainedErrors(known: Knowledge): readonly string[] {
  return [...thrownAway(known), ...unknownKinds(known), ...turnedAway(known)]
}

function unknownKinds({ events, host, 'nginx-processes': processes }: Knowledge): readonly string[] {
  if (!events.known) return []
  return (
    events.value
      .filter(isUnexplained)
      // A configuration that was loaded after the last of them ended them; whether the sites answer now is looked at by itself.
      .filter((event) => !host.known || !processes.known || !loadedSince(event, host.value, processes.value))
      .toSorted((a, b) => b.recent - a.recent)
      .slice(0, 3)
      .map(
        ({ line, recent, lastAgo, sites }) =>
          `nginx logs ${recent} error${recent === 1 ? '' : 's'}${sites[0] === undefined ? '' : ` on ${sites[0]}`} of a kind that is not known: ${line.message.slice(0, 120)}${line.errno === null ? '' : ` (${line.errno})`}, last ${inWords(lastAgo)} ago`,
      )
  )
}

/**
 * `broken header: "GET / HTTP/1.1` (ngx_proxy_protocol_read): the entry goes on in the client's own words and lines, so it is no proof of
 * anything; where a listener wants the PROXY line it is enough to doubt that people get through.
 */
function thrownAway({ 'error-log': log, 'nginx-config': config }: Knowledge): readonly string[] {
  if (!log.known || !config.known) return []
  const wanting = config.value.model.servers.some((server) => server.listens.some((listen) => listen.proxyProtocol))
  const count = log.value.groups
    .filter(({ line }) => line.message.startsWith('broken header: "'))
    .reduce((sum, group) => sum + group.recent, 0)
  return wanting && count > 0
    ? [`nginx threw ${count} connections away that did not begin with the PROXY line which a listener wants`]
    : []
}

function isUnexplained({ kind, line, recent }: Event): boolean {
  if (line.client === null || recent === 0 || harmless.has(kind) || troubleKindOf(line) !== null) return false
  if (kind === 'ssl-handshake' && line.upstream === null) return false
  if (kind === 'open-failed' && !writes(line.phase) && notThere.has(line.errno ?? 0)) return false
  if (line.level === 'crit' || line.level === 'alert' || line.level === 'emerg') return true
  return line.level === 'error' && recent >= someErrors
}

/** nginx was about to write the file itself, so that no client asked for it. */
function writes(phase: string | null): boolean {
  return /reading upstream|client request body|request to upstream/.test(phase ?? '')
}
