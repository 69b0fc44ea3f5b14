import type { FeedbackDesk } from '../jobs/feedback.ts'
import { feedbackBlocks, nobodySaid, withFeedback } from './messages/feedback.ts'
import type { Message } from './messages/message.ts'
import type { PlacedThread } from './thread-posts.ts'

export interface JudgedParts {
  readonly feedback?: FeedbackDesk
}

/** Of one group of hosts: the value of a button takes 2,000 characters (docs.slack.dev, "Button element"). */
const mostTogether = 40

/**
 * The last message of a diagnosis with the row under which people say whether it was right. It is the last one and not that with the
 * offer: an opinion redraws its message, and must never bring back a button that is over. Null: nothing is to be said at all.
 */
export function judged(
  { feedback }: JudgedParts,
  { id, channel, threadTs }: PlacedThread,
  about: { readonly diagnoses: readonly string[]; readonly host: string },
  last: Message | null,
): Message | null {
  const diagnoses = about.diagnoses.slice(0, mostTogether)
  if (feedback === undefined || diagnoses.length === 0) return last
  const value = feedback.seal({ diagnoses, threadId: id, channel, threadTs })
  return withFeedback(last, about.host, feedbackBlocks(value, nobodySaid, diagnoses.length === 1))
}
