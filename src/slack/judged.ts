import type { FeedbackDesk } from '../jobs/feedback.ts'
import { feedbackBlocks, withFeedback } from './messages/feedback.ts'
import type { Message } from './messages/message.ts'
import type { PlacedThread } from './thread-posts.ts'

export interface JudgedParts {
  readonly feedback?: FeedbackDesk
}

/**
 * The last message of a diagnosis with the row under which people say whether it was right. It is the last one and not that with the
 * offer: an opinion redraws its message, and must never bring back a button that is over. Null: nothing is to be said at all.
 */
export async function judged(
  { feedback }: JudgedParts,
  { id, channel, threadTs }: PlacedThread,
  about: { readonly diagnosisId?: string | undefined; readonly host: string },
  last: Message | null,
): Promise<Message | null> {
  const { diagnosisId, host } = about
  if (feedback === undefined || diagnosisId === undefined) return last
  const value = feedback.seal({ diagnosisId, threadId: id, channel, threadTs })
  return withFeedback(last, host, feedbackBlocks(value, await feedback.tally(diagnosisId)))
}
