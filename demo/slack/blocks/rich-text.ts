import { isObject, textAt } from '../json.ts'
import type { Json, JsonObject } from '../json.ts'
import { below, checkItems, checkLength, report } from './report.ts'
import type { Place } from './report.ts'

const containers = ['rich_text_section', 'rich_text_list', 'rich_text_quote', 'rich_text_preformatted']
/** Leaf kinds with the field each must carry. */
const leaves: Readonly<Record<string, string>> = {
  text: 'text',
  link: 'url',
  user: 'user_id',
  usergroup: 'usergroup_id',
  channel: 'channel_id',
  broadcast: 'range',
  emoji: 'name',
  color: 'value',
  team: 'team_id',
}
const manyItems = 1000
const manyCharacters = 40_000

/** The elements of a rich_text block: kinds, nesting and required fields. Slack states no lengths for them. */
export function checkRichText(place: Place, block: JsonObject): void {
  for (const [index, element] of checkItems(place, block, 'elements', 1, manyItems).entries()) {
    const at = below(place, 'elements', index)
    const type = textAt(element, 'type')
    if (!isObject(element) || !containers.includes(type)) report(at, 'unsupported_type', `unsupported type: ${type}`)
    else checkContainer(at, element, type)
  }
}

function checkContainer(place: Place, container: JsonObject, type: string): void {
  if (type === 'rich_text_list' && !['bullet', 'ordered'].includes(textAt(container, 'style'))) {
    report(below(place, 'style'), 'invalid_value', 'must be one of: bullet, ordered')
  }
  for (const [index, child] of checkItems(place, container, 'elements', 0, manyItems).entries()) {
    const at = below(place, 'elements', index)
    if (type === 'rich_text_list') checkListItem(at, child)
    else checkLeaf(at, child, type)
  }
}

function checkListItem(place: Place, item: Json): void {
  if (!isObject(item) || textAt(item, 'type') !== 'rich_text_section') {
    return report(place, 'unsupported_type', 'a list holds rich_text_section only')
  }
  checkContainer(place, item, 'rich_text_section')
}

function checkLeaf(place: Place, leaf: Json, parent: string): void {
  const type = textAt(leaf, 'type')
  if (!isObject(leaf)) return report(place, 'invalid_type', 'must be a rich text element')
  if (parent === 'rich_text_preformatted' && !['text', 'link'].includes(type)) {
    return report(place, 'unsupported_type', 'preformatted text holds text and link only')
  }
  if (type === 'date') {
    if (typeof leaf['timestamp'] !== 'number') report(place, 'missing_field', 'missing required field: timestamp')
    return checkLength(place, leaf, 'format', manyCharacters, 'required')
  }
  const field = leaves[type]
  if (field === undefined) return report(place, 'unsupported_type', `unsupported type: ${type}`)
  checkLength(place, leaf, field, manyCharacters, 'required')
}
