import { parsed, unusable } from '../diagnosis/fact.ts'
import { type ErrorLine, parseErrorLine } from '../nginx/error-line.ts'
import { errorLogScript } from './error-log-script.ts'
import { sections, type Section } from './lines.ts'
import { defineProbe } from './probe.ts'

/** Alike lines of one log, counted on the host; `line` is the newest of them. Stamps are the log's own local time. */
export interface LogGroup {
  readonly log: string
  readonly count: number
  /** Of these, the ones of the last ten minutes. */
  readonly recent: number
  readonly first: string
  readonly last: string
  readonly line: ErrorLine
  readonly text: string
}

export interface LogFile {
  /** Path, or "journal". */
  readonly path: string
  readonly state: 'read' | 'missing' | 'unreadable' | 'partial'
  readonly reason: string
  readonly size: number
  /** Last change, seconds since the epoch. */
  readonly changed: number
  /** What must be added to its stamps, read as host time, to get host time; seconds, rounded to 15 minutes. */
  readonly shift: number
}

export interface ErrorLogs {
  readonly files: readonly LogFile[]
  readonly groups: readonly LogGroup[]
  /** The newest lines as they stand, oldest first. */
  readonly tail: readonly string[]
  /** Lines of the window that fell into no group, because there were too many different ones. */
  readonly ungrouped: number
  /** The answer did not travel to its end: that something is not in it means nothing. */
  readonly cut: boolean
}

/**
 * The error logs that the configuration names, cut to the window and counted by kind on the host: message, phase, server
 * and upstream make a kind; stamp, pid, client, request and referrer do not. Lines of our own live requests are passed over.
 * "$1" is the window in seconds.
 *
 * Sample (nginx 1.22.1, Debian 12):
 *     @log read 10342 1795230491 0 /var/log/nginx/error.log
 *     @group 42 40 2026/11/21 03:04:05 2026/11/21 03:08:01
 *     2026/11/21 03:08:01 [error] 413#413: *97 connect() failed (111: Connection refused) while connecting to upstream, ...
 *     @tail
 *     2026/11/21 03:08:01 [error] 413#413: *97 connect() failed (111: Connection refused) ...
 */
export const errorLog = defineProbe({
  id: 'error-log',
  command: 'tail of every error_log',
  seconds: 8,
  cap: 524_288,
  script: errorLogScript,
  parse(capture) {
    // The entry that was cut in the middle would be read as another one.
    const parts = sections(capture.stdout, ['log', 'group', 'other', 'tail']).slice(
      0,
      capture.truncated ? -1 : undefined,
    )
    const files = parts.filter((part) => part.name === 'log').flatMap(readFile)
    if (files.length === 0) return unusable('no error log was found')
    return parsed<ErrorLogs>({
      files,
      groups: readGroups(parts),
      tail: parts.filter((part) => part.name === 'tail').flatMap((part) => part.body.filter(Boolean)),
      cut: capture.truncated,
      ungrouped: parts.filter((part) => part.name === 'other').reduce((sum, part) => sum + Number(part.rest), 0),
    })
  },
})

function readFile(part: Section): LogFile[] {
  const match = /^(\S+) (\d+) (\d+) (-?\d+) (.+)$/.exec(part.rest)
  if (!match || match[1] === 'skipped') return []
  const state = match[1] === 'read' || match[1] === 'partial' || match[1] === 'missing' ? match[1] : 'unreadable'
  const path = match[5] ?? ''
  return [
    {
      path,
      state,
      reason: reasonOf(state, path),
      size: Number(match[2]),
      changed: Number(match[3]),
      shift: Number(match[4]),
    },
  ]
}

function reasonOf(state: LogFile['state'], path: string): string {
  if (state === 'missing') return `${path} does not exist`
  if (state === 'partial') return `only the last 64 MiB of ${path} were read`
  if (state === 'read') return ''
  return path === 'journal'
    ? 'the journal may not be read (add the user to group systemd-journal)'
    : `${path} may not be read (add the user to group adm)`
}

function readGroups(parts: readonly Section[]): LogGroup[] {
  let log = ''
  return parts.flatMap((part) => {
    if (part.name === 'log') log = readFile(part)[0]?.path ?? log
    if (part.name !== 'group') return []
    const match = /^(\d+) (\d+) (\S+ \S+) (\S+ \S+)$/.exec(part.rest)
    const text = part.body[0] ?? ''
    const line = parseErrorLine(text)
    if (!match || !line) return []
    return [
      {
        log,
        count: Number(match[1]),
        recent: Number(match[2]),
        first: match[3] ?? '',
        last: match[4] ?? '',
        line,
        text,
      },
    ]
  })
}
