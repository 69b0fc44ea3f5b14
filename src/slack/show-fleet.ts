import { fleetAnswer } from '../fleet/answer.ts'
import { UndeliverableError } from '../jobs/desk.ts'
import type { Fleet } from '../jobs/fleet.ts'
import type { Thread } from '../jobs/thread.ts'
import { withAlerts } from './alert-root.ts'
import { sayResolved } from './deliver-alerts.ts'
import { answerUpTo, newsOf, offeredIn, roundToTell } from './fleet-rounds.ts'
import { judged } from './judged.ts'
import { aloneMessage } from './messages/alone.ts'
import { fit } from './messages/fit.ts'
import { fleetDetails } from './messages/fleet-details.ts'
import { fleetEnd } from './messages/fleet-end.ts'
import { fleetRoot } from './messages/fleet-root.ts'
import type { Message } from './messages/message.ts'
import { offerFleet } from './offer-fleet.ts'
import type { SlackParts } from './parts.ts'
import { respondAlone, ResponseUrlError } from './response-url.ts'
import { editRoot, mentionOf, type PlacedThread, reply } from './thread-posts.ts'
import type { DeliverParts } from './thread-posts.ts'

export interface ShowFleetParts extends DeliverParts, Pick<SlackParts, 'fleets' | 'atOnce'> {}

/** Brings the thread of a fleet in line with its answers. May be called again after any failure: what stands is edited, not repeated. */
export async function showFleet(fleet: Fleet, given: Thread, parts: ShowFleetParts): Promise<void> {
  const answer = fleetAnswer(fleet.title, fleet.hosts)
  const stalled = answer.waiting.length > 0 && fleet.version === fleet.shown
  const root = fleetRoot(answer, { stalled, at: fleet.changedAt, doing: fleet.doing, atOnce: parts.atOnce })
  try {
    const first = given.rootTs === null ? await withAlerts(parts, given, root) : root
    const thread = await parts.roots.ensure(fleet.threadId, first)
    if (thread.via === 'response') await showAlone(fleet, thread, parts)
    else await showHere(fleet, placed(thread), parts, root)
    await parts.fleets.shown(fleet, stalled)
  } catch (error) {
    if (!(error instanceof UndeliverableError)) throw error
    if (given.via === 'response') return giveUp(fleet, parts, error.message)
    parts.log.warn({ threadId: fleet.threadId, err: error }, 'a thread takes no more replies, who asked is told alone')
    await parts.threads.place(fleet.threadId, { via: 'response' })
  }
}

async function showHere(given: Fleet, thread: PlacedThread, parts: ShowFleetParts, root: Message): Promise<void> {
  await editRoot(parts, thread, root)
  let fleet = given
  for (;;) {
    const round = await roundToTell(fleet, parts.fleets)
    if (round === null) return
    await tellRound(fleet, round, thread, parts)
    fleet = { ...fleet, closed: round, told: round }
    await parts.fleets.told(fleet)
  }
}

async function tellRound(fleet: Fleet, round: number, thread: PlacedThread, parts: ShowFleetParts): Promise<void> {
  for (const { key, message, diagnoses } of fleetDetails(newsOf(fleet, round))) {
    const name = `fleet-${round}-${key}`
    // What stands already costs nothing.
    if (thread.posted[name] === undefined)
      await reply(parts, thread, name, judged(parts, thread, { diagnoses, host: fleet.title }, message))
  }
  const hosts = fleet.hosts.map(({ host }) => host)
  // Called once: what is asked again later was asked by whoever pressed or by an alert.
  const mention = round === 1 ? mentionOf(thread) : null
  const typed = thread.requester.kind === 'user'
  await reply(parts, thread, `fleet-${round}-end`, fleetEnd(answerUpTo(fleet, round), hosts, mention, typed))
  await sayResolved(parts, thread)
  await offerFleet(parts, thread, offeredIn(fleet, round))
}

/** A response URL takes five answers: the whole answer is one of them. */
async function showAlone(fleet: Fleet, thread: Thread, parts: ShowFleetParts): Promise<void> {
  const round = await roundToTell(fleet, parts.fleets)
  if (round === null) return
  const key = `fleet-${round}-end`
  if (thread.posted[key] === undefined) {
    const url = await parts.threads.responseUrl(thread.id)
    if (url === null) throw new UndeliverableError('The bot may not post here, and the response URL has expired')
    const root = fleetRoot(answerUpTo(fleet, round), { stalled: false, at: fleet.changedAt })
    const details = fleetDetails(newsOf(fleet, round)).map(({ message }) => message)
    await respondAlone(url, fit(aloneMessage([root, ...details]))).catch((error: unknown) => {
      if (error instanceof ResponseUrlError && !error.again)
        throw new UndeliverableError(error.message, { cause: error })
      throw error
    })
    await parts.threads.remember(thread.id, key, 'alone')
  }
  await parts.fleets.told({ ...fleet, closed: round })
}

export async function giveUp(fleet: Fleet, { fleets, log }: ShowFleetParts, because: string): Promise<void> {
  log.error({ threadId: fleet.threadId, because }, 'the answers of a fleet can be shown to nobody')
  await fleets.told({ ...fleet, closed: fleet.round })
  await fleets.shown(fleet, false)
}

function placed(thread: Thread): PlacedThread {
  if (thread.rootTs === null) throw new UndeliverableError(`Thread ${thread.id} has no root message`)
  return { ...thread, rootTs: thread.rootTs, threadTs: thread.threadTs ?? thread.rootTs }
}
