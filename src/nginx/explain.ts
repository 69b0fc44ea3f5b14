import type { CauseId } from '../diagnosis/cause.ts'
import { parseBareMessage, parseErrorLine, type ErrorLine, type Level } from './error-line.ts'
import { causesOf } from './line-causes.ts'
import { unwrapPasted } from './pasted-line.ts'
import { type SettlingQuestion, settlingQuestion } from './settling-question.ts'

/** What one entry says by itself. A field that the entry does not have is null; `causes` is empty for noise and unknown messages. */
export interface ExplainedLine {
  /** The entry as nginx wrote it, without prefixes, on one line. */
  readonly line: string
  /** nginx's stamp, host-local, 'YYYY-MM-DDTHH:MM:SS'. */
  readonly time: string | null
  readonly level: Level | null
  readonly pid: number | null
  readonly errno: number | null
  readonly phase: string | null
  readonly client: string | null
  readonly server: string | null
  readonly request: string | null
  readonly upstream: string | null
  readonly host: string | null
  /** Candidates that fit the line alone, best first. */
  readonly causes: readonly CauseId[]
  /** What a person would look at next; null when nothing is to be settled. */
  readonly ask: SettlingQuestion | null
}

/** JSON of `explain` (schema 1). */
export interface ExplainJson {
  readonly schema: 1
  readonly lines: readonly ExplainedLine[]
}

/** Explains pasted error-log lines without a host: one entry each, in the order pasted; none when nothing is of nginx. */
export function explain(text: string): ExplainJson {
  return { schema: 1, lines: unwrapPasted(text).map(explainEntry) }
}

function explainEntry(entry: string): ExplainedLine {
  const line: ErrorLine = parseErrorLine(entry) ?? parseBareMessage(entry.replace(/^\[\w+\] /, ''))
  const causes = causesOf(line)
  const { time, level, pid, errno, phase, client, server, request, upstream, host } = line
  return {
    line: entry,
    time,
    level,
    pid,
    errno,
    phase,
    client,
    server,
    request,
    upstream,
    host,
    causes,
    ask: settlingQuestion(causes),
  }
}
