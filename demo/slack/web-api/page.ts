import { textAt } from '../json.ts'
import type { JsonObject } from '../json.ts'

interface Page<T> {
  readonly items: readonly T[]
  readonly more: boolean
  /** `response_metadata` to spread into the answer. */
  readonly cursor: JsonObject
}

/** Cursor paging over a list; the cursor is the offset of the next item, in base64 as Slack's opaque ones are. */
export function page<T>(all: readonly T[], args: JsonObject, usual: number): Page<T> {
  const limit = Math.max(1, Math.min(1000, Number(textAt(args, 'limit')) || usual))
  const from = Number(Buffer.from(textAt(args, 'cursor'), 'base64').toString()) || 0
  const more = from + limit < all.length
  const next = more ? Buffer.from(String(from + limit)).toString('base64') : ''
  return { items: all.slice(from, from + limit), more, cursor: { response_metadata: { next_cursor: next } } }
}
