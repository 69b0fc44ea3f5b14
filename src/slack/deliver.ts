import type { Diagnosis } from '../diagnosis/diagnosis.ts'
import { UndeliverableError } from '../jobs/desk.ts'
import type { Deliver } from '../jobs/desk.ts'
import type { Post, ThreadUpdate } from '../jobs/post.ts'
import type { Thread } from '../jobs/thread.ts'
import { deliverAction } from './deliver-action.ts'
import { deliverApproval } from './deliver-approval.ts'
import { withAlerts } from './alert-root.ts'
import { deliverAlerts, sayResolved } from './deliver-alerts.ts'
import { deliverAlone } from './deliver-alone.ts'
import { deliverFleet, isOfHost } from './deliver-fleet.ts'
import { deliverFleetAction } from './deliver-fleet-action.ts'
import { deliverFleetRun } from './deliver-fleet-run.ts'
import { deliverWatch } from './deliver-watch.ts'
import { deliverWatched } from './deliver-watched.ts'
import { judged } from './judged.ts'
import { evidenceMessage } from './messages/evidence.ts'
import { failedMessage, rootFailed } from './messages/failed.ts'
import { runTitle } from './messages/fleet-offer.ts'
import { healthyHere } from './messages/healthy-here.ts'
import { limitsMessage } from './messages/limits.ts'
import type { Message } from './messages/message.ts'
import { plainMessage } from './messages/replies.ts'
import { rootProgress } from './messages/root-progress.ts'
import { rootSummary } from './messages/root-summary.ts'
import { verdictMessage } from './messages/verdict.ts'
import type { SlackParts } from './parts.ts'
import { editRoot, mentionOf, reply } from './thread-posts.ts'
import { deliverGroupSweep } from './show-group-sweep.ts'
import type { DeliverParts, PlacedThread } from './thread-posts.ts'

/**
 * Brings an update to its thread: the root message is edited in place, details are replies, and exactly one new message
 * calls who asked. May be called again with the same post after any failure; messages that stand are edited, not repeated.
 *
 * @param calm the same for what alerts say by themselves: it may wait until people were served
 */
export function createDeliver(
  hasty: DeliverParts & Pick<SlackParts, 'fleets' | 'groupSweeps'>,
  calm: DeliverParts = hasty,
): Deliver {
  return async (post, given) => {
    if (post.revision <= given.appliedRevision) return
    // Another person who waits for the diagnosis of its first host hears of that host, and not of the run.
    if (post.update.kind === 'fleet-run' && post.update.run.threadId !== given.id) return
    if (given.fleet !== undefined && isOfHost(post.update)) return deliverFleet(hasty, given.id, post.update)
    if (given.look === 'sweep') return deliverGroupSweep(hasty, given, post)
    if (given.look === 'watch') return deliverWatch(hasty, given, post)
    const parts = isCalm(post.update, given) ? calm : hasty
    if (post.update.kind === 'alerts') return deliverAlerts(parts, given)
    if (opensNothing(post.update, given)) return keepUnsaid(parts, given, post.update)
    const first = firstRoot(post.update)
    const thread = await parts.roots.ensure(
      post.threadId,
      given.rootTs === null ? await withAlerts(parts, given, first) : first,
    )
    if (thread.via === 'response') return deliverAlone(parts, thread, post)
    try {
      await deliverHere(parts, placed(thread), post)
      await sayResolved(parts, placed(thread))
    } catch (error) {
      if (!(error instanceof UndeliverableError)) throw error
      parts.log.warn({ threadId: thread.id, err: error }, 'a thread takes no more replies, who asked is told alone')
      await parts.threads.place(thread.id, { via: 'response' })
      await deliverAlone(parts, { ...thread, via: 'response' }, post)
    }
  }
}

async function deliverHere(parts: DeliverParts, thread: PlacedThread, { update }: Post): Promise<void> {
  const mention = mentionOf(thread)
  switch (update.kind) {
    case 'progress':
      // Nobody watches the steps of a diagnosis that an alert started: its root changes when there is an answer.
      if (thread.requester.kind === 'alert' && update.progress.step !== 'queued') return
      return editRoot(parts, thread, rootProgress(update.progress))
    case 'diagnosis': {
      const { diagnosis, proposal, past } = update
      // Below an alert's own message a host that is well is one short reply.
      if (isQuiet(thread, diagnosis) && thread.via === 'reply')
        return editRoot(parts, thread, healthyHere(diagnosis, past))
      await editRoot(parts, thread, rootSummary(diagnosis, proposal, undefined, past))
      if (!isQuiet(thread, diagnosis))
        await reply(parts, thread, 'verdict', verdictMessage(diagnosis, proposal, mention, past))
      await reply(parts, thread, 'evidence', evidenceMessage(diagnosis))
      const diagnoses = update.diagnosisId === undefined ? [] : [update.diagnosisId]
      return reply(
        parts,
        thread,
        'limits',
        judged(parts, thread, { diagnoses, host: diagnosis.host }, limitsMessage(diagnosis)),
      )
    }
    case 'failed':
      await editRoot(parts, thread, rootFailed(update))
      return reply(parts, thread, 'verdict', failedMessage(update, mention))
    case 'action-started':
    case 'action-ended':
      if (thread.fleet !== undefined) return deliverFleetAction(parts, thread, update)
      return deliverAction(parts, thread, update)
    case 'action-watched':
      if (thread.fleet !== undefined) return deliverFleetAction(parts, thread, update)
      return deliverWatched(parts, thread, update)
    case 'approval-asked':
    case 'approval-lapsed':
    case 'alone-offered':
    case 'went-alone':
      return deliverApproval(parts, thread, update)
    case 'fleet-run':
      return deliverFleetRun(parts, thread, update)
    case 'alerts':
      return deliverAlerts(parts, thread)
  }
}

/** An alert on a host that is well: the root says so, and the thread what was looked at; nobody is called. */
function isQuiet({ requester }: Thread, { verdict }: Diagnosis): boolean {
  return requester.kind === 'alert' && verdict === 'healthy'
}

/**
 * An alert that came by a webhook has no message of its own: its conversation is opened by the answer, and only when something
 * is wrong or could not be seen. What was looked at stands in the history of the host.
 */
function opensNothing(update: ThreadUpdate, thread: Thread): boolean {
  if (thread.requester.kind !== 'alert' || thread.rootTs !== null || thread.via !== 'root') return false
  if (update.kind === 'progress') return update.progress.step !== 'queued'
  return update.kind === 'diagnosis' && isQuiet(thread, update.diagnosis)
}

/** The message about the same alert may come later than the answer, which then belongs below it (put-signposts.ts). */
async function keepUnsaid({ alertThreads }: DeliverParts, { id }: Thread, update: ThreadUpdate): Promise<void> {
  if (update.kind !== 'diagnosis') return
  await alertThreads?.keepRoot(id, JSON.stringify(healthyHere(update.diagnosis, update.past)))
}

/** What an alert says by itself, before a person has pressed anything. */
function isCalm({ kind }: ThreadUpdate, { requester }: Thread): boolean {
  return requester.kind === 'alert' && ['progress', 'diagnosis', 'failed', 'alerts'].includes(kind)
}

/** The root message as it is first seen, when the bot that took the request did not get to post it. */
function firstRoot(update: Exclude<ThreadUpdate, { kind: 'alerts' }>): Message {
  if (update.kind === 'progress') return rootProgress(update.progress)
  if (update.kind === 'diagnosis') return rootSummary(update.diagnosis, update.proposal, undefined, update.past)
  if (update.kind === 'failed') return rootFailed(update)
  if (update.kind === 'fleet-run') return plainMessage(runTitle(update.run))
  return rootProgress({ host: update.proposal.host, step: 'queued', detail: update.proposal.summary })
}

function placed(thread: Thread): PlacedThread {
  if (thread.rootTs === null) throw new UndeliverableError(`Thread ${thread.id} has no root message`)
  return { ...thread, rootTs: thread.rootTs, threadTs: thread.threadTs ?? thread.rootTs }
}
