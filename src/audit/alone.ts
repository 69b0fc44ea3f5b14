import { z } from 'zod'
import type { AuditEntry } from './record.ts'

/** The host on which somebody went on alone by this line: as the bot wrote it down, or as a worker began it. Null: it is another line. */
export function aloneOn(entry: AuditEntry | AloneLine): string | null {
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

const at = z.iso.datetime()
/** What counts of the lines of a break-glass. */
const shape = z.discriminatedUnion('step', [
  z.object({ step: z.literal('alone'), host: z.string(), at }),
  z.object({
    step: z.literal('started'),
    host: z.string(),
    at,
    presses: z.array(z.object({ how: z.string() })).readonly(),
  }),
])

type AloneLine = Readonly<z.infer<typeof shape>>

function lineOf(text: string): AloneLine | null {
  try {
    return shape.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}
