import { type FleetAnswer, fleetAnswer } from '../fleet/answer.ts'
import { UndeliverableError } from '../jobs/desk.ts'
import type { Fleet } from '../jobs/fleet.ts'
import type { Thread } from '../jobs/thread.ts'
import { withAlerts } from './alert-root.ts'
import { aloneMessage } from './messages/alone.ts'
import { fit } from './messages/fit.ts'
import { fleetDetails } from './messages/fleet-details.ts'
import { fleetEnd } from './messages/fleet-end.ts'
import { fleetRoot } from './messages/fleet-root.ts'
import { offerFleet } from './offer-fleet.ts'
import type { SlackParts } from './parts.ts'
import { respondAlone, ResponseUrlError } from './response-url.ts'
import { editRoot, mentionOf, type PlacedThread, reply } from './thread-posts.ts'
import type { DeliverParts } from './thread-posts.ts'

export interface ShowFleetsParts extends DeliverParts, Pick<SlackParts, 'fleets'> {}

/** Nobody else shows the fleet for so long, should this bot die; and an edit every so often is all that anybody reads, ms. */
const times = { hold: 6000, renew: 2000, pause: 2000, pauseAfterFailure: 5000 } as const

/**
 * Shows what fleets have answered since they were last shown; called every second. What is to be shown stands in the store,
 * so whichever bot comes next goes on: root, details and last word are edited or found again, never posted twice.
 */
export async function showFleets(hasty: ShowFleetsParts, calm: ShowFleetsParts): Promise<void> {
  const threadIds = await hasty.fleets.toShow(hasty.now())
  await Promise.all(threadIds.map((threadId) => showInTurn(threadId, hasty, calm)))
}

async function showInTurn(threadId: string, hasty: ShowFleetsParts, calm: ShowFleetsParts): Promise<void> {
  const { fleets, threads, log } = hasty
  if (!(await fleets.take(threadId, times.hold))) return
  // Calls may have to wait for their turn at Slack, longer than a dead bot may hold up the others.
  const renewing = setInterval(() => {
    fleets
      .keep(threadId, times.hold)
      .catch((error: unknown) => log.warn({ threadId, err: error }, 'the right to show a fleet could not be renewed'))
  }, times.renew)
  const shown = await show(threadId)
    .then(
      () => true,
      (error: unknown) => {
        log.warn({ threadId, err: error }, 'a fleet could not be shown, tried again')
        return false
      },
    )
    .finally(() => clearInterval(renewing))
  await fleets.keep(threadId, shown ? times.pause : times.pauseAfterFailure)

  async function show(id: string): Promise<void> {
    const [fleet, thread] = await Promise.all([fleets.find(id), threads.find(id)])
    if (fleet === null) return
    const parts = thread?.requester.kind === 'alert' ? calm : hasty
    if (thread === null) return giveUp(fleet, parts, 'its thread is not known any more')
    await showFleet(fleet, thread, parts)
  }
}

async function showFleet(fleet: Fleet, given: Thread, parts: ShowFleetsParts): Promise<void> {
  const answer = fleetAnswer(fleet.title, fleet.hosts)
  const stalled = answer.waiting.length > 0 && fleet.version === fleet.shown
  const root = fleetRoot(answer, { stalled, at: fleet.changedAt })
  try {
    const first = given.rootTs === null ? await withAlerts(parts, given, root) : root
    const thread = await parts.roots.ensure(fleet.threadId, first)
    if (thread.via === 'response') await showAlone(fleet, answer, thread, parts)
    else await showHere(fleet, answer, placed(thread), parts, root)
    await parts.fleets.shown(fleet, stalled)
  } catch (error) {
    if (!(error instanceof UndeliverableError)) throw error
    if (given.via === 'response') return giveUp(fleet, parts, error.message)
    parts.log.warn({ threadId: fleet.threadId, err: error }, 'a thread takes no more replies, who asked is told alone')
    await parts.threads.place(fleet.threadId, { via: 'response' })
  }
}

async function showHere(
  fleet: Fleet,
  answer: FleetAnswer,
  thread: PlacedThread,
  parts: ShowFleetsParts,
  root: ReturnType<typeof fleetRoot>,
): Promise<void> {
  await editRoot(parts, thread, root)
  if (!(await isComplete(fleet, answer, parts))) return
  const news = newsOf(fleet)
  for (const { key, message } of fleetDetails(news)) await reply(parts, thread, `fleet-${fleet.round}-${key}`, message)
  const hosts = fleet.hosts.map(({ host }) => host)
  // Called once: what is asked again later was asked by whoever pressed or by an alert.
  const mention = fleet.round === 1 ? mentionOf(thread) : null
  await reply(parts, thread, `fleet-${fleet.round}-end`, fleetEnd(answer, hosts, mention))
  await offerFleet(parts, thread, offeredIn(fleet))
  await parts.fleets.told({ ...fleet, closed: fleet.round })
}

/** A response URL takes five answers: the whole answer is one of them. */
async function showAlone(fleet: Fleet, answer: FleetAnswer, thread: Thread, parts: ShowFleetsParts): Promise<void> {
  if (!(await isComplete(fleet, answer, parts))) return
  const key = `fleet-${fleet.round}-end`
  if (thread.posted[key] === undefined) {
    const url = await parts.threads.responseUrl(thread.id)
    if (url === null) throw new UndeliverableError('The bot may not post here, and the response URL has expired')
    const root = fleetRoot(answer, { stalled: false, at: fleet.changedAt })
    const details = fleetDetails(newsOf(fleet)).map(({ message }) => message)
    await respondAlone(url, fit(aloneMessage([root, ...details]))).catch((error: unknown) => {
      if (error instanceof ResponseUrlError && !error.again)
        throw new UndeliverableError(error.message, { cause: error })
      throw error
    })
    await parts.threads.remember(thread.id, key, 'alone')
  }
  await parts.fleets.told({ ...fleet, closed: fleet.round })
}

/** From here on whoever is asked belongs to another round, and gets its details with that. */
async function isComplete(fleet: Fleet, { waiting }: FleetAnswer, { fleets }: ShowFleetsParts): Promise<boolean> {
  if (waiting.length > 0 || fleet.told >= fleet.round) return false
  return fleet.closed >= fleet.round || fleets.close(fleet)
}

/** Only hosts that were asked in this round have something new to say. */
function newsOf({ title, hosts, round }: Fleet): FleetAnswer {
  return fleetAnswer(
    title,
    hosts.filter((each) => each.round === round),
  )
}

function offeredIn({ hosts, round }: Fleet): readonly string[] {
  const asked = hosts.filter((each) => each.round === round)
  return asked.flatMap(({ member }) => (member?.proposal ? [member.proposal.id] : []))
}

async function giveUp(fleet: Fleet, { fleets, log }: ShowFleetsParts, because: string): Promise<void> {
  log.error({ threadId: fleet.threadId, because }, 'the answers of a fleet can be shown to nobody')
  await fleets.told({ ...fleet, closed: fleet.round })
  await fleets.shown(fleet, false)
}

function placed(thread: Thread): PlacedThread {
  if (thread.rootTs === null) throw new UndeliverableError(`Thread ${thread.id} has no root message`)
  return { ...thread, rootTs: thread.rootTs, threadTs: thread.threadTs ?? thread.rootTs }
}
