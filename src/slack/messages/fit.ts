import type { KnownBlock } from '@slack/types'
import type { Message } from './message.ts'
import { small } from './rich.ts'

// Slack answers msg_blocks_too_long at about 12,000 characters over all blocks (slackapi/bolt-js issues 2509 and 2867;
// one message was refused at 11,341). 50 blocks: docs.slack.dev, "Blocks".
const longest = 10_000
const mostBlocks = 50

/** Leaves out the last blocks of a message that Slack would refuse for its size, and says so. Buttons are kept. */
export function fit(message: Message): Message {
  const buttons = message.blocks.filter((block) => block.type === 'actions')
  const rest = message.blocks.filter((block) => block.type !== 'actions')
  let size = buttons.reduce((sum, block) => sum + weight(block), 0)
  const kept = rest.filter((block, index) => {
    size += weight(block)
    return size <= longest && index + buttons.length < mostBlocks - 1
  })
  if (kept.length === rest.length) return message
  const keeping = new Set<KnownBlock>([...kept, ...buttons])
  const blocks = message.blocks.filter((block) => keeping.has(block))
  return { ...message, blocks: [...blocks, small('The rest was too long for Slack and is left out here.')] }
}

/** Characters of all texts in a block, nested ones too. */
export function weight(value: unknown): number {
  if (typeof value === 'string') return value.length
  if (value === null || typeof value !== 'object') return 0
  return Object.entries(value).reduce((sum, [key, inner]) => sum + (key === 'type' ? 0 : weight(inner)), 0)
}
