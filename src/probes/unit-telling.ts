import type { Section } from './lines.ts'
import { type TellingKind, tellingKindOf } from './telling-kinds.ts'

/** Alike lines of a unit's own log within the last hour, counted on the host: alike but for numbers. */
export interface TellingLine {
  readonly kind: TellingKind
  /** `systemd`: what systemd says about the unit; `unit`: what its processes wrote. */
  readonly from: 'systemd' | 'unit'
  readonly count: number
  /** The newest of them, as it stands. */
  readonly newest: string
  /** The newest and the oldest, in seconds since the epoch by the host's clock; null where its stamp could not be read. */
  readonly at: number | null
  readonly firstAt: number | null
  /** "journal", "journal of earlyoom.service" (of another unit, about this one's processes or others), or the path of the file. */
  readonly log: string
}

/** The lines of a unit's logs that say how it fares: killed, timed out, pool full, exception, a dependency refused ... */
export interface Telling {
  /** Newest last. */
  readonly lines: readonly TellingLine[]
  /** Logs that were read to their end: "journal", "/var/log/php8.2-fpm.log". That one has no line is only known for these. */
  readonly read: readonly string[]
  /** Why there may be more: a log that may not be read, a cut answer, not asked. null when all of the unit's logs were read. */
  readonly unknown: string | null
  /** Files that this user may not read. */
  readonly closed: readonly string[]
}

export const nothingAsked: Telling = {
  lines: [],
  read: [],
  unknown: 'its logs were not asked for telling lines',
  closed: [],
}

/** The lines of those kinds, newest first. */
export function tellingOf(telling: Telling, ...kinds: readonly TellingKind[]): readonly TellingLine[] {
  return telling.lines.filter((line) => kinds.includes(line.kind)).toReversed()
}

/**
 * `@telling read|unreadable LOG` sections of one unit; a body line is `COUNT FIRST LAST WHO MESSAGE`, the last one `end`: without it the
 * answer was cut.
 *
 * Sample (systemd 252, gunicorn 20.1):
 *     @telling read journal
 *     3 1795269890.2 1795269959.6 gunicorn[43]: [2026-11-21 14:05:59 +0000] [43] [CRITICAL] WORKER TIMEOUT (pid:80)
 *     1 1795269959.6 1795269959.6 systemd[1]: checkout-api.service: Main process exited, code=killed, status=9/KILL
 *     end
 */
export function readTelling(parts: readonly Section[]): Telling {
  const logs = parts.flatMap((part) => {
    const match = /^(\S+) (.+)$/.exec(part.rest)
    return match ? [{ log: match[2] ?? '', state: match[1] ?? '', body: part.body }] : []
  })
  if (logs.length === 0) return nothingAsked
  const complete = logs.filter(({ state, body }) => state === 'read' && body.includes('end'))
  const reasons = logs.filter((each) => !complete.includes(each)).map(({ log, state }) => reasonOf(log, state))
  const lines = logs.flatMap(({ log, body }) => body.flatMap((line) => readLine(line, log)))
  return {
    lines: lines.toSorted((a, b) => (a.at ?? 0) - (b.at ?? 0)),
    read: complete.map(({ log }) => log),
    unknown: reasons.length > 0 ? reasons.join('; ') : null,
    closed: logs.flatMap(({ log, state }) => (state === 'unreadable' && log !== 'journal' ? [log] : [])),
  }
}

function reasonOf(log: string, state: string): string {
  if (state === 'read') return `not all of ${log} was read`
  return log === 'journal'
    ? 'the journal may not be read (add the user to group systemd-journal)'
    : `${log} may not be read`
}

function readLine(text: string, log: string): TellingLine[] {
  const match = /^(\d+) ([\d.]+|-) ([\d.]+|-) (\S+): (.*)$/.exec(text)
  const message = match?.[5] ?? ''
  const kind = tellingKindOf(message)
  if (!match || kind === null) return []
  const from = log === 'journal' && match[4] === 'systemd[1]' ? 'systemd' : 'unit'
  // A service can write what looks like systemd's words about it; only systemd itself is believed with them.
  if (from === 'unit' && fromSystemdOnly.has(kind)) return []
  // So for the words of the guard: they count in its own journal only.
  if ((kind === 'guard-killed') !== log.startsWith('journal of ')) return []
  return [
    { kind, from, count: Number(match[1]), newest: message, at: instant(match[3]), firstAt: instant(match[2]), log },
  ]
}

const fromSystemdOnly: ReadonlySet<TellingKind> = new Set([
  'oom-killed',
  'watchdog',
  'runtime-limit',
  'main-killed',
  'main-exited',
  'signalled',
  'restarted',
  'failed',
])

function instant(text: string | undefined): number | null {
  return text === undefined || text === '-' ? null : Number(text)
}
