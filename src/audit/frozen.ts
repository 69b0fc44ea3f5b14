import { z } from 'zod'
import type { AuditEntry, FreezeChange } from './record.ts'

/** A freeze that was made and not lifted by this record; it may have run out since. */
export interface RecordedFreeze {
  readonly id: string
  readonly on: string
  readonly until: string | null
  readonly because: string
  /** Slack user id. */
  readonly by: string
  readonly at: string
}

/** Id -> freeze, from the text of a file whose chain holds. */
export function frozenIn(text: string): Map<string, RecordedFreeze> {
  const frozen = new Map<string, RecordedFreeze>()
  for (const each of text.split('\n')) {
    const change = /"step":"(?:un)?frozen"/.test(each) ? changeOf(each) : null
    if (change) noteFreeze(frozen, change)
  }
  return frozen
}

/** Takes what one line says about freezes into the map. */
export function noteFreeze(frozen: Map<string, RecordedFreeze>, entry: AuditEntry | Change): void {
  if (entry.step === 'unfrozen') for (const id of entry.freezes) frozen.delete(id)
  if (entry.step !== 'frozen') return
  const { on, until, because, by, at } = entry
  for (const id of entry.freezes) frozen.set(id, { id, on, until, because, by, at })
}

type Change = Pick<FreezeChange, 'on' | 'until' | 'because' | 'by' | 'freezes'> & {
  readonly step: 'frozen' | 'unfrozen'
  readonly at: string
}

const shape = z.object({
  step: z.enum(['frozen', 'unfrozen']),
  on: z.string(),
  freezes: z.array(z.string()),
  until: z.string().nullable(),
  because: z.string(),
  by: z.string(),
  at: z.iso.datetime(),
})

function changeOf(text: string): Change | null {
  try {
    return shape.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}
