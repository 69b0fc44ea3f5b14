import { parseErrorLine, type ErrorLine } from './error-line.ts'
import { kindOf, type MessageKind } from './messages.ts'

/** One entry of an error log with what rules need to judge it. */
export interface ErrorEvent {
  readonly line: ErrorLine
  readonly kind: MessageKind
  /** The entry as it stands in the log, further lines included; at most 4,096 characters. */
  readonly raw: string
  /** Number of its first line in the text that was read, from 1. */
  readonly lineNumber: number
  /**
   * It began while the entry before it was still open: either that entry was cut at 2,048 bytes, or a client's decoded path
   * (or a script's output) holds a line feed and this is its invention. Text alone cannot tell, so it must not decide anything.
   */
  readonly possiblyForged: boolean
}

/** More than this is a flood; the newest are kept. */
const MAX_EVENTS = 50_000
const MAX_RAW = 4_096
/** An entry of this many bytes was cut by nginx: what follows is a new one. NGX_MAX_ERROR_STR less the line feed. */
const FULL_ENTRY = 2_047

interface Entry {
  raw: string
  readonly lineNumber: number
  readonly possiblyForged: boolean
}

/** Reads a log text, oldest first: entries in order, lines that belong to one entry joined, at most the newest 50,000. */
export function readErrorLog(text: string): readonly ErrorEvent[] {
  const entries: Entry[] = []
  let lineNumber = 0
  // Bytes of an entry whose quoted text has not ended; null when none is open.
  let openBytes: number | null = null
  for (const physical of linesOf(text)) {
    lineNumber += 1
    const begins = BEGINNING.test(physical)
    const bytes: number = (openBytes ?? 0) + Buffer.byteLength(physical) + 1
    const inside: boolean = openBytes !== null && bytes <= FULL_ENTRY
    const last = entries.at(-1)
    if (begins) entries.push({ raw: physical.slice(0, MAX_RAW), lineNumber, possiblyForged: inside })
    else if (last !== undefined && last.raw.length < MAX_RAW) last.raw = `${last.raw}\n${physical}`.slice(0, MAX_RAW)
    openBytes = staysOpen(physical, begins, inside) ? bytes : null
    if (entries.length >= 2 * MAX_EVENTS) entries.splice(0, MAX_EVENTS)
  }
  return entries.slice(-MAX_EVENTS).flatMap(eventOf)
}

const BEGINNING = /^(?:\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d(?:\.\d+)? \[[a-z]{4,6}\] |[a-z]{5,9}: \[[a-z]{4,6}\] )/
/** What nginx writes behind a path or a script's output that it quoted. */
const CLOSING = /" (?:failed \(|is not found|is forbidden|while )/

/** Whether foreign text goes on behind this line: it was quoted and neither its end nor the fields have come. */
function staysOpen(physical: string, begins: boolean, inside: boolean): boolean {
  if (CLOSING.test(physical)) return false
  if (inside || !begins) return inside
  return !physical.includes(', client: ') && physical.split('"').length % 2 === 0
}

function* linesOf(text: string): Generator<string> {
  let at = 0
  while (at < text.length) {
    const end = text.indexOf('\n', at)
    const stop = end === -1 ? text.length : end
    yield text.slice(at, stop)
    at = stop + 1
  }
}

function eventOf(entry: Entry): readonly ErrorEvent[] {
  const line = parseErrorLine(entry.raw)
  return line === null ? [] : [{ line, kind: kindOf(line), ...entry }]
}
