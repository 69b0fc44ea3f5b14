import type { Thread } from '../jobs/thread.ts'
import { withAlertLine, withNote } from './messages/alert-line.ts'
import type { Message } from './messages/message.ts'
import type { SlackParts } from './parts.ts'

/**
 * The root message with what is known of the alerts by now. It is kept as it was without that, so that counts can change
 * in place while the rest stays.
 */
export async function withAlerts(
  { alertThreads }: Pick<SlackParts, 'alertThreads'>,
  { id, requester }: Pick<Thread, 'id' | 'requester'>,
  message: Message,
): Promise<Message> {
  if (requester.kind !== 'alert') return message
  await alertThreads?.keepRoot(id, JSON.stringify(message))
  const tally = (await alertThreads?.tallyOf(id)) ?? null
  if (tally !== null) return withAlertLine(message, tally)
  return withNote(message, `Alert from ${requester.source}: ${requester.title}`)
}

/** As AlertThreads kept it. */
export function readKeptRoot(json: string): Message {
  // Signed by a bot that drew it: it is a message of ours.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return JSON.parse(json) as Message
}
