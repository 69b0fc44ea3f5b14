import { isList, isObject, textAt } from '../json.ts'
import type { Json, JsonObject } from '../json.ts'

/** One thing wrong in a list of blocks, as blocks.validate reports it; pointer as in RFC 6901 ("/blocks/0/text/text"). */
export interface BlockError {
  readonly pointer: string
  readonly code: string
  readonly message: string
}

/** A place in the blocks, with the list that errors are added to. */
export interface Place {
  readonly pointer: string
  readonly errors: BlockError[]
}

export function below(place: Place, ...keys: readonly (string | number)[]): Place {
  return { pointer: [place.pointer, ...keys].join('/'), errors: place.errors }
}

export function report(place: Place, code: string, message: string): void {
  place.errors.push({ pointer: place.pointer, code, message })
}

/** Text at this key: present and not longer than `max`; an optional one may be missing but not empty. */
export function checkLength(
  place: Place,
  holder: JsonObject,
  key: string,
  max: number,
  need: 'required' | 'optional',
): void {
  const value = holder[key]
  const at = below(place, key)
  if (value === undefined) {
    if (need === 'required') report(place, 'missing_field', `missing required field: ${key}`)
    return
  }
  if (typeof value !== 'string') return report(at, 'invalid_type', 'must be a string')
  if (value.length === 0) return report(at, 'too_short', 'must be more than 0 characters')
  if (value.length > max) report(at, 'too_long', `must be less than ${max + 1} characters`)
}

/** A list at this key with `min` to `max` items; gives them, or nothing when it is none. */
export function checkItems(place: Place, holder: JsonObject, key: string, min: number, max: number): readonly Json[] {
  const value = holder[key]
  if (!isList(value)) {
    report(place, 'missing_field', `missing required field: ${key}`)
    return []
  }
  if (value.length < min) report(below(place, key), 'too_few_items', `must have at least ${min} items`)
  if (value.length > max) report(below(place, key), 'too_many_items', `no more than ${max} items allowed`)
  return value
}

type TextKind = 'plain_text' | 'mrkdwn' | 'either'

/** A text object at this key. */
export function checkText(
  place: Place,
  holder: JsonObject,
  key: string,
  max: number,
  kind: TextKind = 'plain_text',
  need: 'required' | 'optional' = 'required',
): void {
  const value = holder[key]
  if (value === undefined) {
    if (need === 'required') report(place, 'missing_field', `missing required field: ${key}`)
    return
  }
  checkTextObject(below(place, key), value, max, kind)
}

export function checkTextObject(place: Place, value: Json | undefined, max: number, kind: TextKind): void {
  const type = textAt(value, 'type')
  if (!isObject(value) || !['plain_text', 'mrkdwn'].includes(type) || (kind !== 'either' && type !== kind)) {
    return report(place, 'invalid_type', `must be a ${kind === 'either' ? 'plain_text or mrkdwn' : kind} object`)
  }
  checkLength(place, value, 'text', max, 'required')
}
