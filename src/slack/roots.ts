import { UndeliverableError } from '../jobs/desk.ts'
import type { Thread } from '../jobs/thread.ts'
import type { Message } from './messages/message.ts'
import type { SlackParts } from './parts.ts'
import { mayNotPost } from './slack-errors.ts'
import type { Place, Posted, Web } from './web.ts'

export interface Roots {
  /**
   * The thread with its root message posted, once however often and from wherever this is called. `via` of the answer is
   * "response" where the bot may not post.
   */
  readonly ensure: (threadId: string, first: Message) => Promise<Thread>
}

/** Both who asked and the first update from the worker want the root message at the same time: one of them posts it. */
export function createRoots(web: Web, { threads, untold, log }: Pick<SlackParts, 'threads' | 'untold' | 'log'>): Roots {
  const opening = new Map<string, Promise<Thread>>()
  return {
    ensure: (threadId, first) => {
      const running = opening.get(threadId)
      if (running !== undefined) return running
      const started = open(threadId, first).finally(() => opening.delete(threadId))
      opening.set(threadId, started)
      return started
    },
  }

  async function open(threadId: string, first: Message): Promise<Thread> {
    const thread = await threads.find(threadId)
    if (thread === null) throw new UndeliverableError(`Thread ${threadId} is not known any more`)
    if (thread.rootTs !== null || thread.via === 'response') return thread
    try {
      const { channel, ts } = (await postedBefore(thread)) ?? (await post(thread, first))
      const placed = { channel, rootTs: ts, threadTs: thread.threadTs ?? ts }
      await threads.place(threadId, placed)
      // Somebody has invited the bot since.
      if (thread.requester.kind === 'alert') await untold?.forget(thread.channel)
      return { ...thread, ...placed }
    } catch (error) {
      if (!mayNotPost(error)) throw error
      await tellWhere(thread, error)
      await threads.place(threadId, { via: 'response' })
      return { ...thread, via: 'response' }
    }
  }

  async function tellWhere({ channel, requester }: Thread, err: unknown): Promise<void> {
    if (requester.kind === 'user')
      return log.info({ channel, err }, 'the bot may not post here, the answer goes to the person alone')
    log.error({ channel, err }, 'the bot may not post where answers to alerts go: invite it to the channel')
    await untold?.note(channel)
  }

  async function post(thread: Thread, first: Message): Promise<Posted> {
    await threads.remember(thread.id, tryingKey('root'), 'yes')
    return web.post(placeOf(thread), first, { threadId: thread.id, key: 'root' })
  }

  /** After a crash between posting and remembering, the message is there with its mark. */
  async function postedBefore(thread: Thread): Promise<Posted | null> {
    if (thread.posted[tryingKey('root')] === undefined) return null
    const ts = await findMarked(web, placeOf(thread), { threadId: thread.id, key: 'root' }, log)
    return ts === null ? null : { channel: thread.channel, ts }
  }
}

/** Remembered before a message is posted: only a repeat has to look the message up. */
export function tryingKey(key: string): string {
  return `${key}:trying`
}

/** Looks a message up by its mark; where Slack does not let us look (scope not granted) it counts as not posted. */
export async function findMarked(
  web: Web,
  place: Place,
  mark: { readonly threadId: string; readonly key: string },
  log: SlackParts['log'],
): Promise<string | null> {
  try {
    return await web.marked(place, mark)
  } catch (error) {
    if (mayNotPost(error)) throw error
    log.warn({ err: error, key: mark.key }, 'could not look a message up before posting it again')
    return null
  }
}

function placeOf({ channel, threadTs }: Thread): Place {
  return threadTs === null ? { channel } : { channel, threadTs }
}
