import type { Reply } from '../../commands/command.ts'
import type { Watch } from '../looks/watches/watch.ts'
import { UndeliverableError } from '../jobs/desk.ts'
import type { Asker, AskParts } from './ask.ts'
import { drawRoot } from './deliver-watch.ts'
import { plainMessage } from './messages/replies.ts'
import { extendedMessage, watchedAlready, watchList } from './messages/watch.ts'
import type { SlackParts } from './parts.ts'
import { reply as replyOnce } from './thread-posts.ts'

type WatchReply = Extract<Reply, { kind: 'watch' | 'watches' | 'unwatch' }>

type Watching = NonNullable<SlackParts['watching']>

export function isAboutWatches(reply: Reply): reply is WatchReply {
  return reply.kind === 'watch' || reply.kind === 'watches' || reply.kind === 'unwatch'
}

/** Begins, lists and ends watches. */
export async function answerWatch(parts: AskParts, asker: Asker, reply: WatchReply): Promise<void> {
  const { watching } = parts
  if (!watching) return asker.tellAlone(plainMessage('This bot watches no hosts.'))
  if (reply.kind === 'watches') return list(parts, asker, watching)
  if (reply.kind === 'unwatch') return unwatch(parts, asker, watching, reply.on)
  return begin(parts, asker, watching, reply)
}

async function begin(
  parts: AskParts,
  asker: Asker,
  { store }: Watching,
  { watched, seconds }: Extract<WatchReply, { kind: 'watch' }>,
): Promise<void> {
  const { threads, newId, now, log } = parts
  const { channel, threadTs, userId } = asker
  const id = newId()
  const requester = { kind: 'user', userId } as const
  const via = threadTs === null ? 'root' : 'reply'
  await threads.open(
    { id, channel, rootTs: null, threadTs, requester, via, look: 'watch' },
    asker.responseUrl ?? undefined,
  )
  const { title, hosts, site = null } = watched
  const opened = await store.open({ id, title, hosts, site, channel, owner: userId, seconds }, now())
  if (opened.kind === 'refused') return asker.tellAlone(plainMessage(refusal(opened.limit, opened.most)))
  if (opened.kind === 'extended') return extended(parts, asker, opened.watch)
  log.info({ watch: id, title, seconds }, 'a watch begins')
  if ((await drawRoot(parts, opened.watch)) === null)
    await asker.tellAlone(
      plainMessage(
        `I may not post here, so nobody would hear of changes: invite me to the channel, then watch ${title} again.`,
      ),
    )
}

function refusal(limit: 'all' | 'own', most: number): string {
  const whose = limit === 'own' ? 'You have' : 'There are'
  return `${whose} ${most} watches already, and no more may run${limit === 'own' ? ' for one person' : ''}. "/nginx watch" lists them, "unwatch" ends one.`
}

async function extended(parts: AskParts, asker: Asker, watch: Watch): Promise<void> {
  await asker.tellAlone(watchedAlready(watch))
  try {
    const placed = await drawRoot(parts, watch)
    const key = `extended-${asker.userId}-${Date.parse(watch.until)}`
    if (placed) await replyOnce(parts, placed, key, extendedMessage(watch, await parts.nameOf(asker.userId)))
  } catch (error) {
    if (!(error instanceof UndeliverableError)) throw error
    parts.log.info({ watch: watch.id, err: error }, 'the thread of a watch takes no more replies')
  }
}

async function list({ nameOf }: AskParts, asker: Asker, { store }: Watching): Promise<void> {
  const running = await store.running()
  const rows = running.map(async (watch) => ({
    watch,
    name: await nameOf(watch.owner),
    standings: await store.standings(watch.id),
  }))
  await asker.tellAlone(watchList(await Promise.all(rows)))
}

async function unwatch({ now }: AskParts, asker: Asker, { store }: Watching, on: string): Promise<void> {
  const running = await store.running()
  const exact = running.filter(({ title }) => title.toLowerCase() === on.toLowerCase())
  const meant = exact.length > 0 ? exact : running.filter(({ hosts }) => hosts.length === 1 && hosts[0] === on)
  const ended = await Promise.all(meant.map(({ id }) => store.end(id, { kind: 'ended', by: asker.userId }, now())))
  if (ended.includes(true)) return asker.tellAlone(plainMessage(`The watch of ${on} ends; its thread says so.`))
  const others = running.map(({ title }) => title).join(', ')
  const rest = others === '' ? 'Nothing is being watched.' : `Being watched: ${others}.`
  return asker.tellAlone(plainMessage(`${on} is not being watched. ${rest}`))
}
