import { answer } from '../../commands/answer.ts'
import type { Reply } from '../../commands/command.ts'
import type { TypedLine } from '../../commands/read-line.ts'
import { QueueUnreachableError } from '../jobs/desk.ts'
import type { Taken } from '../jobs/desk.ts'
import type { PastedOutput } from '../jobs/request.ts'
import type { NewThread } from '../jobs/thread.ts'
import { startFleet } from './ask-fleet.ts'
import { answerFreeze, isAboutFreezes } from './freeze.ts'
import { listHistory } from './history.ts'
import { answerMute, isAboutMutes } from './mute.ts'
import { aloneStarted } from './messages/alone.ts'
import type { Message } from './messages/message.ts'
import { plainMessage, replyMessage } from './messages/replies.ts'
import { rootProgress } from './messages/root-progress.ts'
import type { NameOf } from './names.ts'
import type { AskDecision, SlackParts } from './parts.ts'
import { listAudit, listReviews } from './review-lists.ts'
import type { Roots } from './roots.ts'
import type { InTurn } from './turns.ts'
import { answerWatch, isAboutWatches } from './watch.ts'
import type { Web } from './web.ts'

/** One person who asks in one place, whichever way the line came. */
export interface Asker {
  readonly userId: string
  readonly channel: string
  /** Thread that is answered in; null for a message of its own. */
  readonly threadTs: string | null
  /** Secret; null where Slack gave none (a mention). */
  readonly responseUrl: string | null
  readonly tellAlone: (message: Message) => Promise<void>
  /** Answers where the question stands, for everybody who reads there; absent where only the person would be told. */
  readonly tellHere?: (message: Message) => Promise<void>
  /** Tells everybody in the channel; absent where that would need a message of its own. */
  readonly tellAll?: (message: Message) => Promise<void>
  /** Opens a window to paste lines into; absent where Slack gives no way to open one (a mention). */
  readonly openPaste?: () => Promise<void>
}

export interface AskParts extends SlackParts {
  readonly roots: Roots
  readonly web: Web
  readonly nameOf: NameOf
  readonly inTurn: InTurn
}

/** Answers a typed line: a diagnosis is queued and gets a thread, everything else is told to the person alone. */
export async function ask(parts: AskParts, asker: Asker, { words, text }: TypedLine): Promise<void> {
  const decision = await mayAsk(parts, asker)
  if (!decision.allowed) return asker.tellAlone(plainMessage(decision.because))
  const reply = await answer(words, { inventory: parts.inventory(), text })
  if (reply.kind === 'paste-lines' && asker.openPaste !== undefined) return asker.openPaste()
  if (reply.kind === 'explained' && asker.tellHere !== undefined) return asker.tellHere(replyMessage(reply))
  if (isAboutFreezes(reply)) return answerFreeze(parts, asker, reply)
  if (isAboutMutes(reply)) return answerMute(parts, asker, reply)
  if (isAboutWatches(reply)) return answerWatch(parts, asker, reply)
  if (reply.kind === 'audit') return listAudit(parts, asker, reply.host)
  if (reply.kind === 'history') return listHistory(parts, asker, reply)
  if (reply.kind === 'reviews') return listReviews(parts, asker)
  if (reply.kind === 'diagnose-all') return startFleet(parts, asker, reply)
  if (reply.kind !== 'diagnose') return asker.tellAlone(replyMessage(reply))
  return startDiagnosis(parts, asker, reply)
}

/** Whether this person may ask here; asked again at every press. */
export async function mayAsk(parts: AskParts, { userId, channel }: Asker): Promise<AskDecision> {
  return parts.mayAsk({ userId, channel, memberOf: (groups) => parts.web.groupsOf(userId, groups) })
}

/** Judges kept answers of a host again with pasted output, under the same rule for who may ask. */
export async function judgeAgain(
  parts: AskParts,
  asker: Asker,
  { host, pasted }: { readonly host: string; readonly pasted: PastedOutput },
): Promise<void> {
  const decision = await mayAsk(parts, asker)
  if (!decision.allowed) return asker.tellAlone(plainMessage(decision.because))
  if (!parts.inventory().hosts.has(host))
    return asker.tellAlone(plainMessage(`${host} is not in the inventory any more.`))
  return startDiagnosis(parts, asker, { target: { host }, pasted })
}

interface Wish extends Omit<Extract<Reply, { kind: 'diagnose' }>, 'kind'> {
  readonly pasted?: PastedOutput
}

async function startDiagnosis(parts: AskParts, asker: Asker, wish: Wish): Promise<void> {
  const threadId = parts.newId()
  const { host, site } = wish.target
  // Queued before anything is posted: whatever dies in between, no message is left that says "diagnosing" for ever.
  const taken = await queue(parts, asker, threadId, wish)
  if (wish.note !== undefined) await asker.tellAlone(plainMessage(wish.note))
  const thread = await parts.roots.ensure(threadId, rootProgress({ host, step: 'queued', detail: waiting(taken) }))
  if (thread.via === 'response') await asker.tellAlone(aloneStarted(host))
  parts.log.info({ host, site, threadId, diagnosisId: taken.diagnosisId, taken: taken.kind }, 'diagnosis requested')
}

async function queue(parts: AskParts, asker: Asker, threadId: string, wish: Wish): Promise<Taken> {
  const requester = { kind: 'user', userId: asker.userId } as const
  const thread: NewThread = {
    id: threadId,
    channel: asker.channel,
    rootTs: null,
    threadTs: asker.threadTs,
    requester,
    via: asker.threadTs === null ? 'root' : 'reply',
  }
  await parts.threads.open(thread, asker.responseUrl ?? undefined)
  return parts.desk.diagnose({
    id: parts.newId(),
    host: wish.target.host,
    ...(wish.target.site === undefined ? {} : { site: wish.target.site }),
    ...(wish.sinceSeconds === undefined ? {} : { sinceSeconds: wish.sinceSeconds }),
    ...(wish.pasted === undefined ? {} : { pasted: wish.pasted }),
    requester,
    threadId,
  })
}

function waiting({ kind }: Taken): string {
  return kind === 'joined' ? 'This host is being diagnosed already; the answer comes here too.' : ''
}

/** Runs the work of one delivery; whatever goes wrong, the person hears of it in words and the log has the rest. */
export async function telling(
  parts: Pick<SlackParts, 'log'>,
  asker: Pick<Asker, 'tellAlone'>,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work()
  } catch (error) {
    parts.log.error({ err: error }, 'a request from slack could not be served')
    await asker.tellAlone(plainMessage(apology(error))).catch((second: unknown) => {
      parts.log.error({ err: second }, 'the person could not be told')
    })
  }
}

function apology(error: unknown): string {
  if (error instanceof QueueUnreachableError) return error.message
  return 'Something went wrong on my side and nothing was started. Try again; if it stays so, the log of the bot says why.'
}
