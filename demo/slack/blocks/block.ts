import { blockLimits as limits } from '../block-limits.ts'
import { isObject, listAt, textAt } from '../json.ts'
import type { Json, JsonObject } from '../json.ts'
import { checkActionIds, checkContextElement, checkElement, checkImage } from './elements.ts'
import { checkChart, checkPlan, checkTaskCard } from './plans-and-charts.ts'
import { below, checkItems, checkLength, checkText, checkTextObject, report } from './report.ts'
import type { Place } from './report.ts'
import { checkRichText } from './rich-text.ts'
import { checkDataTable, checkTable } from './tables.ts'

type Check = (place: Place, block: JsonObject) => void

function checkSection(place: Place, block: JsonObject): void {
  const fields = listAt(block, 'fields')
  checkText(place, block, 'text', limits.sectionText, 'either', fields.length > 0 ? 'optional' : 'required')
  if (block['fields'] !== undefined) checkItems(place, block, 'fields', 1, limits.sectionFields)
  for (const [index, field] of fields.entries()) {
    checkTextObject(below(place, 'fields', index), field, limits.sectionField, 'either')
  }
  if (block['accessory'] !== undefined) checkElement(below(place, 'accessory'), block['accessory'])
}

function checkActions(place: Place, block: JsonObject): void {
  const elements = checkItems(place, block, 'elements', 1, limits.actions)
  for (const [index, element] of elements.entries()) checkElement(below(place, 'elements', index), element)
  checkActionIds(below(place, 'elements'), elements)
}

function checkContext(place: Place, block: JsonObject): void {
  const elements = checkItems(place, block, 'elements', 1, limits.contextElements)
  for (const [index, element] of elements.entries()) checkContextElement(below(place, 'elements', index), element)
}

function checkContextActions(place: Place, block: JsonObject): void {
  const elements = checkItems(place, block, 'elements', 1, limits.contextActions)
  for (const [index, element] of elements.entries()) checkElement(below(place, 'elements', index), element)
}

function checkInput(place: Place, block: JsonObject): void {
  checkText(place, block, 'label', limits.inputLabel)
  checkText(place, block, 'hint', limits.inputHint, 'plain_text', 'optional')
  checkElement(below(place, 'element'), block['element'])
}

function checkCard(place: Place, block: JsonObject): void {
  checkText(place, block, 'title', limits.cardTitle, 'either', 'optional')
  checkText(place, block, 'subtitle', limits.cardSubtitle, 'either', 'optional')
  checkText(place, block, 'body', limits.cardBody, 'either', 'optional')
  if (block['actions'] !== undefined) checkItems(place, block, 'actions', 1, limits.cardActions)
}

function checkChildren(key: string, max: number): Check {
  return (place, block) => {
    for (const [index, child] of checkItems(place, block, key, 1, max).entries())
      checkBlock(below(place, key, index), child)
  }
}

function checkContainer(place: Place, block: JsonObject): void {
  checkText(place, block, 'title', limits.containerTitle, 'either', 'optional')
  checkChildren('child_blocks', limits.containerBlocks)(place, block)
}

function nothingToCheck(): void {}

const checks: Readonly<Record<string, Check>> = {
  actions: checkActions,
  card: checkCard,
  carousel: checkChildren('elements', limits.carouselCards),
  container: checkContainer,
  context: checkContext,
  context_actions: checkContextActions,
  data_table: checkDataTable,
  data_visualization: checkChart,
  divider: nothingToCheck,
  file: nothingToCheck,
  header: (place, block) => checkText(place, block, 'text', limits.header),
  image: checkImage,
  input: checkInput,
  markdown: (place, block) => checkLength(place, block, 'text', limits.markdown, 'required'),
  plan: checkPlan,
  rich_text: checkRichText,
  section: checkSection,
  table: checkTable,
  task_card: checkTaskCard,
  video: nothingToCheck,
}

/** One block of a message. An `alert` is for modals only, so it is unsupported here. */
export function checkBlock(place: Place, block: Json): void {
  const type = textAt(block, 'type')
  const check = Object.hasOwn(checks, type) ? checks[type] : undefined
  if (!isObject(block) || !check) return report(below(place, 'type'), 'unsupported_type', `unsupported type: ${type}`)
  checkLength(place, block, 'block_id', limits.blockId, 'optional')
  check(place, block)
}
