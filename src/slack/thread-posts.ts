import { UndeliverableError } from '../jobs/desk.ts'
import type { Thread } from '../jobs/thread.ts'
import { withAlerts } from './alert-root.ts'
import type { Message } from './messages/message.ts'
import type { NameOf } from './names.ts'
import type { SlackParts } from './parts.ts'
import { findMarked, tryingKey } from './roots.ts'
import type { Roots } from './roots.ts'
import { canNotBeEdited, takesNoReply } from './slack-errors.ts'
import type { InTurn } from './turns.ts'
import type { Mark, Place, Web } from './web.ts'

export interface DeliverParts extends Pick<
  SlackParts,
  'desk' | 'fleets' | 'threads' | 'log' | 'now' | 'alertThreads' | 'feedback' | 'watching'
> {
  readonly web: Web
  readonly roots: Roots
  readonly nameOf: NameOf
  readonly inTurn: InTurn
}

/** A thread whose root message stands. */
export interface PlacedThread extends Thread {
  readonly rootTs: string
  readonly threadTs: string
}

export async function editRoot(
  parts: Pick<DeliverParts, 'web' | 'log' | 'alertThreads'>,
  thread: PlacedThread,
  message: Message,
): Promise<void> {
  await edit(parts, thread.channel, thread.rootTs, await withAlerts(parts, thread, message))
}

/** Edits a message that may be gone: somebody deleted it, and that is their right. */
export async function edit(
  { web, log }: Pick<DeliverParts, 'web' | 'log'>,
  channel: string,
  ts: string,
  message: Message,
): Promise<void> {
  try {
    await web.update(channel, ts, message)
  } catch (error) {
    if (!canNotBeEdited(error)) throw error
    log.info({ channel, ts, err: error }, 'a message to be edited is gone or out of reach')
  }
}

/** Posts a reply once, and only where it is meant for all who read there: remembered by its key, and looked up by its mark when an earlier try may have got through. */
export async function reply(
  parts: DeliverParts,
  thread: PlacedThread,
  key: string,
  message: Message | null,
): Promise<void> {
  if (message === null || thread.posted[key] !== undefined) return
  if (message.outside === undefined && (await parts.web.isShared(thread.channel))) return
  // Asked now: whoever stood still for a while may have been overtaken by another bot.
  const { posted } = (await parts.threads.find(thread.id)) ?? thread
  if (posted[key] !== undefined) return
  const mark = { threadId: thread.id, key }
  const place = { channel: thread.channel, threadTs: thread.threadTs }
  const triedBefore = posted[tryingKey(key)] !== undefined
  if (!triedBefore) await parts.threads.remember(thread.id, tryingKey(key), 'yes')
  const standing = triedBefore ? await findMarked(parts.web, place, mark, parts.log) : null
  await parts.threads.remember(thread.id, key, standing ?? (await postReply(parts, place, message, mark)))
}

async function postReply({ web }: DeliverParts, place: Place, message: Message, mark: Mark): Promise<string> {
  try {
    return (await web.post(place, message, mark)).ts
  } catch (error) {
    if (!takesNoReply(error)) throw error
    throw new UndeliverableError('Slack takes no more replies in this thread', { cause: error })
  }
}

/** Who is called by the one message that calls somebody: nobody for an alert. */
export function mentionOf({ requester }: Thread): string | null {
  return requester.kind === 'user' ? requester.userId : null
}
