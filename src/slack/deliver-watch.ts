import { failedSight, sightOf } from '../looks/watches/sight.ts'
import type { Standing, Watch } from '../looks/watches/watch.ts'
import { UndeliverableError } from '../jobs/desk.ts'
import type { Post, ThreadUpdate } from '../jobs/post.ts'
import type { Thread } from '../jobs/thread.ts'
import type { Message } from './messages/message.ts'
import { changeMessage, failedChangeMessage, watchEnd, watchRoot } from './messages/watch.ts'
import type { SlackParts } from './parts.ts'
import type { DeliverParts, PlacedThread } from './thread-posts.ts'
import { edit, reply } from './thread-posts.ts'

export type WatchParts = DeliverParts & Pick<SlackParts, 'watching'>

type Answer = Extract<ThreadUpdate, { kind: 'diagnosis' | 'failed' }>

/** Who asked for changes is called, up to so many. */
const mostCalled = 5
/** A host that changes all the time fills no thread: from so many on only the root tells. */
const mostTold = 30

/** The answer to a look of a watch: the root is drawn again, and a change is a reply. What else such a thread hears is told elsewhere. */
export async function deliverWatch(parts: WatchParts, thread: Thread, { update, revision }: Post): Promise<void> {
  const { watching, now } = parts
  if (!watching) return
  const watch = await watching.store.find(thread.id)
  if (watch === null || watch.ended !== null) return
  if (update.kind === 'progress') {
    const { step, detail } = update.progress
    if (step === 'queued' && detail !== undefined) await drawRoot(parts, watch, detail)
    return
  }
  if (update.kind !== 'diagnosis' && update.kind !== 'failed') return
  const sight = update.kind === 'failed' ? failedSight(update.host, update.message) : sightOf(update.diagnosis)
  const standing = await watching.store.seen(watch.id, sight, revision, now())
  const placed = await drawRoot(parts, watch)
  if (placed === null || standing === null || standing.news === null || standing.changes > mostTold) return
  await reply(parts, placed, `change-${revision}`, changeOf(update, standing, watch))
}

function changeOf(update: Answer, standing: Standing, { people }: Watch): Message {
  if (update.kind === 'failed') return failedChangeMessage(update, standing)
  return changeMessage(update.diagnosis, standing, people.slice(0, mostCalled), update.past)
}

/** Null: the bot may not post there, and the watch is over. */
export async function drawRoot(parts: WatchParts, watch: Watch, waiting?: string): Promise<PlacedThread | null> {
  const { watching, roots, threads, now, log } = parts
  if (!watching) return null
  const message = await rootOf(watching, watch, waiting)
  const isNew = watch.looks === 0 && (await threads.find(watch.id))?.rootTs === null
  const thread = await roots.ensure(watch.id, message)
  if (thread.via === 'response' || thread.rootTs === null) {
    log.info({ channel: watch.channel }, 'the bot may not post where a watch was asked for, it ends')
    await watching.store.end(watch.id, { kind: 'unheard' }, now())
    return null
  }
  // Who asked and the first look may want it at the same time: only before any look it is surely as it was just posted.
  if (!isNew) await edit(parts, thread.channel, thread.rootTs, message)
  const current = await watching.store.find(watch.id)
  // It may have ended while this was on its way; the last word must not be overwritten.
  if (watch.ended === null && current !== null && current.ended !== null)
    await edit(parts, thread.channel, thread.rootTs, await rootOf(watching, current))
  return { ...thread, rootTs: thread.rootTs, threadTs: thread.threadTs ?? thread.rootTs }
}

async function rootOf(
  { store, everySeconds }: NonNullable<SlackParts['watching']>,
  watch: Watch,
  waiting?: string,
): Promise<Message> {
  const standings = await store.standings(watch.id)
  return watchRoot(watch, standings, { everySeconds, ...(waiting === undefined ? {} : { waiting }) })
}

/** Says that a watch is over. May be called again. */
export async function tellWatchEnd(parts: WatchParts, watch: Watch): Promise<void> {
  const { watching, nameOf, log } = parts
  if (!watching || watch.ended === null) return
  const { why } = watch.ended
  try {
    const placed = await drawRoot(parts, watch)
    const by = why.kind === 'ended' ? await nameOf(why.by) : null
    if (placed) await reply(parts, placed, 'end', watchEnd(watch, await watching.store.standings(watch.id), by))
  } catch (error) {
    if (!(error instanceof UndeliverableError)) throw error
    log.info({ watch: watch.id, err: error }, 'nobody hears that a watch is over')
  }
}
