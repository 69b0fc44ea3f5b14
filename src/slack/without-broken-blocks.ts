import type { Message } from './messages/message.ts'
import type { SlackParts } from './parts.ts'
import { blockComplaints, refusesBlocks } from './slack-errors.ts'

/** A message whose blocks Slack refuses must not be lost: its text goes alone then. */
export async function withoutBrokenBlocks<T>(
  message: Message,
  log: SlackParts['log'],
  send: (message: Message) => Promise<T>,
): Promise<T> {
  try {
    return await send(message)
  } catch (error) {
    if (!refusesBlocks(error)) throw error
    log.error(
      { err: error, complaints: blockComplaints(error) },
      'slack refused the blocks of a message, its text goes alone',
    )
    return send({
      text: message.text,
      blocks: [{ type: 'section', text: { type: 'mrkdwn', text: message.text.slice(0, 3000) } }],
    })
  }
}
