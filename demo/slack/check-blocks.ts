import { blockLimits as limits } from './block-limits.ts'
import { checkBlock } from './blocks/block.ts'
import { below, report } from './blocks/report.ts'
import type { BlockError, Place } from './blocks/report.ts'
import { isList, isObject, textAt } from './json.ts'
import type { Json } from './json.ts'

/**
 * What Slack would refuse in the blocks of a message; empty when it would take them. Errors carry a JSON pointer from the
 * body's root ("/blocks/2/text/text"). The code `msg_blocks_too_long` stands for the size of all texts together.
 */
export function checkMessageBlocks(blocks: readonly Json[]): readonly BlockError[] {
  const root: Place = { pointer: '', errors: [] }
  const place = below(root, 'blocks')
  if (blocks.length > limits.messageBlocks)
    report(place, 'too_many_items', `no more than ${limits.messageBlocks} items allowed`)
  for (const [index, block] of blocks.entries()) checkBlock(below(place, index), block)
  checkBlockIds(place, blocks)
  checkCount(place, blocks, 'table', limits.tablesPerMessage)
  checkCount(place, blocks, 'data_visualization', limits.chartsPerMessage)
  if (root.errors.length === 0 && textSize(blocks) > limits.messageText) {
    report(place, 'msg_blocks_too_long', `all texts together must be less than ${limits.messageText + 1} characters`)
  }
  return root.errors
}

function checkBlockIds(place: Place, blocks: readonly Json[]): void {
  const seen = new Set<string>()
  for (const [index, block] of blocks.entries()) {
    const id = textAt(block, 'block_id')
    if (id && seen.has(id)) report(below(place, index, 'block_id'), 'duplicate', `\`block_id\` "${id}" already exists`)
    seen.add(id)
  }
}

function checkCount(place: Place, blocks: readonly Json[], type: string, max: number): void {
  const count = blocks.filter((block) => textAt(block, 'type') === type).length
  if (count > max) report(place, 'too_many_items', `no more than ${max} ${type} blocks allowed`)
}

/** Characters that a reader would see: every `text` within the blocks, however deep. */
export function textSize(value: Json | undefined): number {
  if (isList(value)) return value.reduce<number>((sum, item) => sum + textSize(item), 0)
  if (!isObject(value)) return 0
  return Object.entries(value).reduce(
    (sum, [key, item]) => sum + (key === 'text' && typeof item === 'string' ? item.length : textSize(item)),
    0,
  )
}
