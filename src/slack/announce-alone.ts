import type { Review } from '../approval/review.ts'
import type { SlackParts } from './parts.ts'
import { announcement, calledOff, reviewedMessage } from './messages/going-alone.ts'
import type { Message } from './messages/message.ts'
import type { NameOf } from './names.ts'
import type { Roots } from './roots.ts'
import { edit } from './thread-posts.ts'
import type { Web } from './web.ts'

export interface AnnounceParts extends Pick<SlackParts, 'threads' | 'log' | 'now'> {
  readonly web: Web
  readonly roots: Roots
  readonly nameOf: NameOf
}

const threadOf = ({ id }: Review): string => `alone-${id}`

/** Posts it in the channel of the policy, once however often it is called; rejects when it does not stand there afterwards. */
export async function announceAlone(parts: AnnounceParts, review: Review): Promise<void> {
  const { threads, roots } = parts
  if (await parts.web.isShared(review.channel)) throw new Error(`${review.channel} is shared with another organisation`)
  const id = threadOf(review)
  const known = await threads.find(id)
  const requester = { kind: 'user', userId: review.by } as const
  if (known === null)
    await threads.open({ id, channel: review.channel, rootTs: null, threadTs: null, requester, via: 'root' })
  // The bot may have been invited since the last try.
  if (known?.via === 'response') await threads.place(id, { channel: review.channel, via: 'root' })
  const thread = await roots.ensure(id, announcement(review, await parts.nameOf(review.by)))
  if (thread.via === 'response') throw new Error(`the bot may not post in ${review.channel}`)
}

export async function callOffAlone(parts: AnnounceParts, review: Review): Promise<void> {
  await redraw(parts, review, calledOff(review, await parts.nameOf(review.by)))
}

export async function showReviewed(parts: AnnounceParts, review: Review, userId: string): Promise<void> {
  const by = { name: await parts.nameOf(userId), at: parts.now().toISOString() }
  await redraw(parts, review, reviewedMessage(review, await parts.nameOf(review.by), by))
}

async function redraw(parts: AnnounceParts, review: Review, message: Message): Promise<void> {
  const thread = await parts.threads.find(threadOf(review))
  if (thread?.rootTs) await edit(parts, thread.channel, thread.rootTs, message)
}
