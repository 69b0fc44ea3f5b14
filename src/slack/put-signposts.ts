import type { Signpost, Signposts } from '../alerts/signposts.ts'
import { UndeliverableError } from '../jobs/desk.ts'
import type { Thread } from '../jobs/thread.ts'
import { readKeptRoot, withAlerts } from './alert-root.ts'
import { sayResolved } from './deliver-alerts.ts'
import { elsewhereMessage } from './messages/elsewhere.ts'
import { canNotBeEdited } from './slack-errors.ts'
import { type DeliverParts, reply } from './thread-posts.ts'

/** How long the other conversation may take to stand in Slack, ms. */
const patienceMs = 10 * 60_000

/** Says in the thread of an alert's message where its answer is. Called every few seconds; what cannot be said yet is tried again. */
export async function putSignposts(parts: DeliverParts, signposts: Omit<Signposts, 'put'>): Promise<void> {
  for (const { at, ...signpost } of await signposts.take()) {
    const said = await say(parts, signpost).catch((error: unknown) => {
      // It is tried again, and must not keep the others from being said.
      parts.log.warn({ err: error, channel: signpost.channel, ts: signpost.ts }, 'a signpost could not be put up')
      return false
    })
    const isOver = parts.now().getTime() - at.getTime() > patienceMs
    if (said || isOver) await signposts.remove(signpost)
  }
}

/** True when there is nothing more to say. */
async function say(parts: DeliverParts, { channel, ts, threadId }: Signpost): Promise<boolean> {
  const thread = await parts.threads.find(threadId)
  if (thread === null) return false
  if (thread.via === 'response') return true
  if (thread.rootTs === null) return sayBelow(parts, thread, { channel, ts })
  if (thread.channel === channel && (thread.threadTs ?? thread.rootTs) === ts) return true
  try {
    const link = await parts.web.permalink(thread.channel, thread.rootTs)
    const place = { ...thread, channel, threadTs: ts, rootTs: thread.rootTs }
    await reply(parts, place, `signpost-${channel}-${ts}`, elsewhereMessage(link))
  } catch (error) {
    if (!(error instanceof UndeliverableError) && !canNotBeEdited(error)) throw error
    parts.log.info({ channel, ts, err: error }, 'the thread of an alert takes no word of where its answer is')
  }
  return true
}

/** A conversation that has said nothing, because its host is well, says so below the message that came after the answer. False: there is no answer yet. */
async function sayBelow(
  parts: DeliverParts,
  thread: Thread,
  { channel, ts }: Pick<Signpost, 'channel' | 'ts'>,
): Promise<boolean> {
  const unsaid = (await parts.alertThreads?.rootOf(thread.id)) ?? null
  if (unsaid === null) return false
  if (thread.threadTs === null) await parts.threads.place(thread.id, { channel, threadTs: ts, via: 'reply' })
  const stands = await parts.roots.ensure(thread.id, await withAlerts(parts, thread, readKeptRoot(unsaid)))
  if (stands.rootTs !== null) await sayResolved(parts, { ...stands, rootTs: stands.rootTs, threadTs: ts })
  return true
}
