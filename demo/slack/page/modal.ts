import { isObject, listAt, objectAt, textAt } from '../json.ts'
import type { Json, JsonObject } from '../json.ts'
import { blockHtml } from './block.ts'
import type { Reader } from './names.ts'

/** The one text field of a modal; other inputs are not drawn. */
interface FieldView {
  readonly block: string
  readonly action: string
  readonly label: string
  readonly hint: string
  readonly longest: number
}

/** A modal as the browser needs it. */
export interface ModalView {
  readonly id: string
  readonly title: string
  readonly submit: string
  readonly close: string
  /** HTML of the blocks that are to be read. */
  readonly html: string
  readonly field: FieldView | null
}

export function modalView(view: JsonObject | undefined, reader: Reader): ModalView | null {
  if (!view) return null
  const blocks = listAt(view, 'blocks')
  const input = blocks.find((block) => textAt(block, 'type') === 'input')
  const label = (key: string): string => textAt(objectAt(view, key), 'text')
  return {
    id: `${textAt(view, 'id')} ${label('title')}`,
    title: label('title'),
    submit: label('submit'),
    close: label('close') || 'Close',
    html: blocks
      .filter((block) => block !== input)
      .map((block) => blockHtml(block, reader))
      .join(''),
    field: fieldView(input),
  }
}

function fieldView(input: Json | undefined): FieldView | null {
  if (!isObject(input)) return null
  const element = objectAt(input, 'element')
  const longest = element['max_length']
  return {
    block: textAt(input, 'block_id'),
    action: textAt(element, 'action_id'),
    label: textAt(objectAt(input, 'label'), 'text'),
    hint: textAt(objectAt(input, 'hint'), 'text'),
    longest: typeof longest === 'number' ? longest : 3000,
  }
}
