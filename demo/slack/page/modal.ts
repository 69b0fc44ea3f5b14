import { isObject, listAt, objectAt, textAt } from '../json.ts'
import type { Json, JsonObject } from '../json.ts'
import { blockHtml } from './block.ts'
import type { Reader } from './names.ts'

/** A field of a modal: text, or one choice of a list; other inputs are not drawn. */
interface FieldView {
  readonly block: string
  readonly action: string
  readonly label: string
  readonly hint: string
  readonly longest: number
  readonly lines: boolean
  /** Empty for text. */
  readonly groups: readonly { readonly label: string; readonly options: readonly OptionView[] }[]
}

interface OptionView {
  readonly text: string
  readonly value: string
}

/** A modal as the browser needs it. */
export interface ModalView {
  readonly id: string
  readonly title: string
  readonly submit: string
  readonly close: string
  /** HTML of the blocks that are to be read. */
  readonly html: string
  readonly fields: readonly FieldView[]
}

export function modalView(view: JsonObject | undefined, reader: Reader): ModalView | null {
  if (!view) return null
  const blocks = listAt(view, 'blocks')
  const label = (key: string): string => textAt(objectAt(view, key), 'text')
  return {
    id: `${textAt(view, 'id')} ${label('title')}`,
    title: label('title'),
    submit: label('submit'),
    close: label('close') || 'Close',
    html: blocks
      .filter((block) => !isInput(block))
      .map((block) => blockHtml(block, reader))
      .join(''),
    fields: blocks.filter(isInput).flatMap((block) => fieldView(block) ?? []),
  }
}

function isInput(block: Json): boolean {
  return textAt(block, 'type') === 'input'
}

function fieldView(input: Json): FieldView | null {
  if (!isObject(input)) return null
  const element = objectAt(input, 'element')
  const longest = element['max_length']
  return {
    block: textAt(input, 'block_id'),
    action: textAt(element, 'action_id'),
    label: textAt(objectAt(input, 'label'), 'text'),
    hint: textAt(objectAt(input, 'hint'), 'text'),
    longest: typeof longest === 'number' ? longest : 3000,
    lines: element['multiline'] === true,
    groups: textAt(element, 'type') === 'static_select' ? groupsIn(element) : [],
  }
}

function groupsIn(select: JsonObject): FieldView['groups'] {
  const groups = listAt(select, 'option_groups').filter(isObject)
  if (groups.length === 0) return [{ label: '', options: optionsIn(select) }]
  return groups.map((group) => ({ label: textAt(objectAt(group, 'label'), 'text'), options: optionsIn(group) }))
}

function optionsIn(holder: JsonObject): readonly OptionView[] {
  return listAt(holder, 'options')
    .filter(isObject)
    .map((option) => ({ text: textAt(objectAt(option, 'text'), 'text'), value: textAt(option, 'value') }))
}
