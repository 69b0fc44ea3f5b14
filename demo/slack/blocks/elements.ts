import { blockLimits as limits } from '../block-limits.ts'
import { isObject, textAt } from '../json.ts'
import type { Json, JsonObject } from '../json.ts'
import { below, checkItems, checkLength, checkText, checkTextObject, report } from './report.ts'
import type { Place } from './report.ts'

export function checkConfirm(place: Place, holder: JsonObject): void {
  const confirm = holder['confirm']
  if (confirm === undefined) return
  const at = below(place, 'confirm')
  if (!isObject(confirm)) return report(at, 'invalid_type', 'must be a confirm object')
  checkText(at, confirm, 'title', limits.confirmTitle)
  checkText(at, confirm, 'text', limits.confirmText, 'either')
  checkText(at, confirm, 'confirm', limits.confirmButton)
  checkText(at, confirm, 'deny', limits.confirmButton)
  checkStyle(at, confirm)
}

function checkStyle(place: Place, holder: JsonObject): void {
  const style = holder['style']
  if (style !== undefined && style !== 'primary' && style !== 'danger') {
    report(below(place, 'style'), 'invalid_value', 'must be one of: primary, danger')
  }
}

function checkButton(place: Place, button: JsonObject): void {
  checkText(place, button, 'text', limits.buttonText)
  checkLength(place, button, 'value', limits.buttonValue, 'optional')
  checkLength(place, button, 'url', limits.url, 'optional')
  checkLength(place, button, 'accessibility_label', limits.accessibilityLabel, 'optional')
  checkStyle(place, button)
}

function checkOptions(place: Place, holder: JsonObject, max: number): void {
  for (const [index, option] of checkItems(place, holder, 'options', 1, max).entries()) {
    const at = below(place, 'options', index)
    if (!isObject(option)) report(at, 'invalid_type', 'must be an option object')
    else {
      checkText(at, option, 'text', limits.optionText, 'either')
      checkLength(at, option, 'value', limits.optionValue, 'required')
      checkText(at, option, 'description', limits.optionDescription, 'either', 'optional')
    }
  }
}

/** docs.slack.dev, "Select menu element" and "Option group object". */
function checkGroups(place: Place, holder: JsonObject, max: number): void {
  for (const [index, group] of checkItems(place, holder, 'option_groups', 1, limits.selectOptions).entries()) {
    const at = below(place, 'option_groups', index)
    if (!isObject(group)) report(at, 'invalid_type', 'must be an option group')
    else {
      checkText(at, group, 'label', limits.optionText)
      checkOptions(at, group, max)
    }
  }
}

const optionLimits: Readonly<Record<string, number>> = {
  overflow: limits.overflowOptions,
  checkboxes: limits.choiceOptions,
  radio_buttons: limits.choiceOptions,
  static_select: limits.selectOptions,
  multi_static_select: limits.selectOptions,
}

const otherElements = new Set([
  'users_select',
  'multi_users_select',
  'conversations_select',
  'multi_conversations_select',
  'channels_select',
  'multi_channels_select',
  'external_select',
  'multi_external_select',
  'datepicker',
  'timepicker',
  'datetimepicker',
  'email_text_input',
  'number_input',
  'url_text_input',
  'plain_text_input',
  'rich_text_input',
  'file_input',
  'workflow_button',
  'feedback_buttons',
  'icon_button',
])

/** An interactive element of an actions block, a section accessory or an input. */
export function checkElement(place: Place, element: Json | undefined): void {
  if (!isObject(element)) return report(place, 'invalid_type', 'must be a block element')
  const type = textAt(element, 'type')
  checkLength(place, element, 'action_id', limits.actionId, 'optional')
  checkConfirm(place, element)
  if (type === 'button') return checkButton(place, element)
  if (type === 'image') return checkImage(place, element)
  checkText(place, element, 'placeholder', limits.placeholder, 'plain_text', 'optional')
  if (type === 'plain_text_input') checkInputLengths(place, element)
  const options = optionLimits[type]
  if (options !== undefined && element['option_groups'] !== undefined) return checkGroups(place, element, options)
  if (options !== undefined && element['options'] !== undefined) return checkOptions(place, element, options)
  if (options === undefined && !otherElements.has(type)) report(place, 'unsupported_type', `unsupported type: ${type}`)
}

/** docs.slack.dev, "Plain-text input element": both up to 3000, the longest at least 1. */
function checkInputLengths(place: Place, input: JsonObject): void {
  for (const [key, least] of [
    ['min_length', 0],
    ['max_length', 1],
  ] as const) {
    const value = input[key]
    if (value === undefined || (typeof value === 'number' && value >= least && value <= limits.inputText)) continue
    report(below(place, key), 'invalid_value', `must be between ${least} and ${limits.inputText}`)
  }
}

/** An image block or element: one source and a text for those who cannot see it. */
export function checkImage(place: Place, image: JsonObject): void {
  checkLength(place, image, 'alt_text', limits.imageAlt, 'required')
  if (image['image_url'] === undefined && image['slack_file'] === undefined) {
    report(place, 'missing_field', 'missing required field: image_url')
  }
  checkLength(place, image, 'image_url', limits.url, 'optional')
}

export function checkContextElement(place: Place, element: Json | undefined): void {
  if (!isObject(element)) return report(place, 'invalid_type', 'must be an image or a text object')
  if (textAt(element, 'type') === 'image') return checkImage(place, element)
  checkTextObject(place, element, limits.contextText, 'either')
}

/** No two interactive elements of one block may share an action_id. */
export function checkActionIds(place: Place, elements: readonly Json[]): void {
  const seen = new Set<string>()
  for (const [index, element] of elements.entries()) {
    const id = textAt(element, 'action_id')
    if (id && seen.has(id))
      report(below(place, index, 'action_id'), 'duplicate', `\`action_id\` "${id}" already exists`)
    seen.add(id)
  }
}
