import type { IdSource } from './ids.ts'
import { isObject, textAt } from './json.ts'
import type { Json } from './json.ts'

/** Slack gives every block of a message an id when the app gave none; presses name it. */
export function withBlockIds(blocks: readonly Json[], ids: IdSource): readonly Json[] {
  return blocks.map((block) =>
    isObject(block) && !textAt(block, 'block_id') ? { ...block, block_id: ids.next('blk') } : block,
  )
}
