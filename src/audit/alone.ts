import type { AuditEntry, AuditLine } from './record.ts'

/** The host on which somebody went on alone by this line: as the bot wrote it down, or as a worker began it. Null: it is another line. */
export function aloneOn(entry: AuditEntry): string | null {
  if (entry.step === 'alone') return entry.host
  if (entry.step !== 'started') return null
  return entry.presses.some(({ how }) => how === 'break-glass') ? entry.host : null
}

/** Host -> when somebody last went on alone there, from the text of a file whose chain holds. */
export function aloneIn(text: string): Map<string, string> {
  const alone = new Map<string, string>()
  for (const each of text.split('\n')) {
    if (!each.includes('"step":"alone"') && !each.includes('"how":"break-glass"')) continue
    const line = lineOf(each)
    const host = line && aloneOn(line)
    if (line && host) alone.set(host, line.at)
  }
  return alone
}

function lineOf(text: string): AuditLine | null {
  try {
    // The chain was verified before: every line is as this program wrote it.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    return JSON.parse(text) as AuditLine
  } catch {
    return null
  }
}
