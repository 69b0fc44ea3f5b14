import { isList, isObject, objectAt, textAt } from './json.ts'
import type { Json, JsonObject } from './json.ts'
import type { Message } from './model.ts'

export interface FoundButton {
  readonly button: JsonObject
  readonly blockId: string
}

/** Every button of a message in reading order, also those in sections, cards and containers. */
export function buttonsOf(message: Message): readonly FoundButton[] {
  return message.blocks.flatMap((block) => collect(block, textAt(block, 'block_id')))
}

function collect(value: Json | undefined, blockId: string): readonly FoundButton[] {
  if (isList(value)) return value.flatMap((item) => collect(item, blockId))
  if (!isObject(value)) return []
  const own = textAt(value, 'type') === 'button' ? [{ button: value, blockId }] : []
  const children = Object.values(value).flatMap((item) => (typeof item === 'object' ? collect(item, blockId) : []))
  return [...own, ...children]
}

export function buttonLabel(button: JsonObject): string {
  return textAt(objectAt(button, 'text'), 'text')
}

/**
 * By action_id or by the text on the button, in this block if one is named: two blocks may use the same action_id. A test
 * that names nothing there gets told what there is.
 */
export function findButton(message: Message, which: string, block?: string): FoundButton {
  const all = buttonsOf(message).filter(({ blockId }) => block === undefined || blockId === block)
  const found = all.find(({ button }) => textAt(button, 'action_id') === which || buttonLabel(button) === which)
  if (found) return found
  const there = all.map(({ button }) => `"${buttonLabel(button)}" (${textAt(button, 'action_id')})`).join(', ')
  throw new Error(`message ${message.ts} has no button ${which}; it has ${there || 'none'}`)
}
