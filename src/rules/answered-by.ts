import type { Evidence } from '../diagnosis/diagnosis.ts'
import type { Fact } from '../diagnosis/fact.ts'
import type { Host } from '../probes/host.ts'
import type { TellingLine } from '../probes/unit-telling.ts'
import type { TellingKind } from '../probes/telling-kinds.ts'
import type { BackendUnits } from '../probes/backend-units.ts'
import type { ErrorLogs } from '../probes/error-log.ts'
import { linuxErrno } from '../nginx/errno.ts'
import { kindOf } from '../nginx/messages.ts'
import { type Event, eventsOfKind } from '../symptoms/events.ts'
import type { Trouble } from '../symptoms/trouble.ts'
import { seenBy } from './knowledge.ts'
import { tiedUnits, type TiedUnit } from './tied-units.ts'

/** Messages of nginx about an answer of 500 or 503 that it gives by itself. */
const ownReasons = [
  'worker-connections',
  'emfile',
  'rewrite-cycle',
  'auth-request',
  'limiting',
  'file-io-failed',
  'out-of-memory',
  'socket-failed',
  'proxy-bind-failed',
  'resolve-failed',
  'lua',
] as const

/** What nginx itself said on these sites within ten minutes that would explain a 5xx of its own; null when it said nothing, or nobody knows (`logUnseen`). */
export function ownReason(trouble: Trouble, events: Fact<readonly Event[]>): Event | null {
  if (!events.known) return null
  // Words that nobody here knows: of njs, or of a module that answers by itself.
  const strange = eventsOfKind(events.value, 'other').filter(({ line }) => line.client !== null && isError(line))
  const files = eventsOfKind(events.value, 'open-failed').filter(isOwnFile)
  return (
    [...eventsOfKind(events.value, ...ownReasons), ...files, ...strange].find(
      (event) => event.now && (event.sites.length === 0 || event.sites.some((site) => trouble.sites.includes(site))),
    ) ?? null
  )
}

function isError({ level }: Event['line']): boolean {
  return level === 'error' || level === 'crit' || level === 'alert' || level === 'emerg'
}

/** Why the error log does not prove that nginx said nothing; null when every log was read to the end. */
export function logUnseen(logs: Fact<ErrorLogs>): string | null {
  if (!logs.known) return logs.reason
  if (logs.value.cut) return 'the answer about the error log was cut'
  if (logs.value.ungrouped > 0) return 'the error log has more different lines than were counted'
  return logs.value.files.find(({ state }) => state !== 'read')?.reason ?? null
}

/** EIO, EACCES, EMFILE, ENOSPC, EROFS: a file that nginx needs for itself; (2) is what somebody asked for and is not there, but for the files that nginx makes (level crit). */
function isOwnFile({ line }: Event): boolean {
  if (line.level === 'crit' && linuxErrno(line.errno) === 2) return true
  return [5, 13, 24, 28, 30].includes(linuxErrno(line.errno) ?? 0)
}

/** The statuses that a trouble is about: of the access log, of live requests; 500 for a script that ended with an error. */
export function statusesOf(trouble: Trouble): readonly number[] {
  const live = trouble.live.flatMap(({ way, status }) => (way === 'nginx' && (status ?? 0) >= 500 ? [status ?? 0] : []))
  return [...new Set([...(trouble.answers ?? []).map(({ status }) => status), ...live])]
}

/**
 * The unit behind a trouble's address: the one whose process listens before those that only name it. Where no file names the address,
 * the process that holds the listener by ss tells it (`sockets`).
 */
export function backendUnitOf({ address }: Trouble, units: Fact<BackendUnits>): TiedUnit | null {
  if (!units.known || address === null) return null
  const tied = tiedUnits(address, units.value)
  return (
    tied.find(({ tie }) => tie.kind === 'process') ??
    tied.find(({ unit }) => unit.active === 'active') ??
    tied[0] ??
    null
  )
}

/** Seconds before the capture in which a line of the backend's own log still counts as of this moment. */
const FRESH_SECONDS = 900

/** Fresh lines of the unit's own log of these kinds, newest first. */
export function freshLines(
  tied: TiedUnit | null,
  host: Host,
  ...kinds: readonly TellingKind[]
): readonly TellingLine[] {
  const lines = tied?.unit.telling.lines ?? []
  return lines.filter((line) => kinds.includes(line.kind) && isFresh(line, host)).toReversed()
}

export function isFresh({ at }: TellingLine, host: Host): boolean {
  return at !== null && host.epoch - at <= FRESH_SECONDS
}

/** What a script said on its standard error, as nginx passed it on; the newest of the trouble's own lines, else of any that name no client. */
export function scriptWords(
  trouble: Trouble,
  logs: Fact<ErrorLogs>,
): { readonly text: string; readonly log: string } | null {
  const own = trouble.groups.filter((group) => kindOf(group.line) === 'fastcgi-stderr')
  const unsigned = logs.known
    ? logs.value.groups.filter(
        ({ line, recent }) =>
          recent > 0 && line.client === null && kindOf(line) === 'fastcgi-stderr' && isScriptError(line.message),
      )
    : []
  const newest = [...(own.length > 0 ? own : unsigned)].toSorted((a, b) => b.last.localeCompare(a.last))[0]
  return newest ? { text: newest.text, log: newest.log } : null
}

/** PHP's words for what ends a request: "PHP Fatal error:  Uncaught ..."; warnings and notices do not. */
export function isScriptError(message: string): boolean {
  return /PHP (?:Fatal|Parse|Core|Compile|Recoverable fatal|Catchable fatal)|Uncaught /i.test(message)
}

export function lineEvidence(line: TellingLine, unit: string): Evidence {
  const command = line.log === 'journal' ? `journalctl -u ${unit}` : `tail ${line.log}`
  return seenBy('backend-units', command, line.count > 1 ? `${line.newest}   (${line.count} times)` : line.newest)
}

/** The error alone, without what loggers put around it. */
export function shortened(text: string): string {
  return text.replace(/^\S+\[\d+\]: /, '').slice(0, 160)
}

/** `PHP Fatal error:  Uncaught RuntimeException: no price list in /srv/blog/index.php:3` */
export function scriptError(text: string): string {
  const words =
    /PHP (?:message: PHP )?(?:Fatal|Parse|Core|Compile|Recoverable|Catchable)[^\n]*/.exec(text)?.[0] ??
    text.replace(/^.*sent in stderr: /, '')
  return words.replace(/" while .*$/s, '').slice(0, 200)
}
