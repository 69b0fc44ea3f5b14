import type { AlertTally } from '../alerts/storm/alert-tally.ts'
import type { Thread } from '../jobs/thread.ts'
import { readKeptRoot } from './alert-root.ts'
import { withAlertLine } from './messages/alert-line.ts'
import { resolvedMessage } from './messages/alert-resolved.ts'
import { edit, reply } from './thread-posts.ts'
import type { DeliverParts, PlacedThread } from './thread-posts.ts'

/** The alerts of a thread changed: the root that stands is drawn again, and the end is said once. One that does not stand yet will show it anyway. */
export async function deliverAlerts(parts: DeliverParts, thread: Thread): Promise<void> {
  const { alertThreads } = parts
  const { id, channel, rootTs, via } = thread
  if (!alertThreads || rootTs === null || via === 'response') return
  const tally = await alertThreads.tallyOf(id)
  if (tally === null) return
  let kept = await alertThreads.rootOf(id)
  for (let tries = 0; kept !== null && tries < mostTries; tries += 1) {
    await edit(parts, channel, rootTs, withAlertLine(readKeptRoot(kept), tally))
    // The answers of a fleet are drawn beside this: what was newer meanwhile must not be overwritten.
    const newer = await alertThreads.rootOf(id)
    kept = newer === kept ? null : newer
  }
  await sayResolved(parts, { ...thread, rootTs, threadTs: thread.threadTs ?? rootTs }, tally)
}

const mostTries = 3

/** Also after a diagnosis: what was resolved before there was a thread is said then. */
export async function sayResolved(parts: DeliverParts, thread: PlacedThread, known?: AlertTally): Promise<void> {
  if (!parts.alertThreads || thread.requester.kind !== 'alert') return
  const tally = known ?? (await parts.alertThreads.tallyOf(thread.id))
  if (tally?.over === true) await reply(parts, thread, 'resolved', resolvedMessage(tally))
}
