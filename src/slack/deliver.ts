import { UndeliverableError } from '../jobs/desk.ts'
import type { Deliver } from '../jobs/desk.ts'
import type { Post, ThreadUpdate } from '../jobs/post.ts'
import type { Thread } from '../jobs/thread.ts'
import { deliverAction } from './deliver-action.ts'
import { deliverApproval } from './deliver-approval.ts'
import { deliverAlone } from './deliver-alone.ts'
import { deliverWatched } from './deliver-watched.ts'
import { judged } from './judged.ts'
import { evidenceMessage } from './messages/evidence.ts'
import { deliverFleet, isOfHost } from './deliver-fleet.ts'
import { deliverFleetAction } from './deliver-fleet-action.ts'
import { deliverFleetRun } from './deliver-fleet-run.ts'
import { failedMessage, rootFailed } from './messages/failed.ts'
import { limitsMessage } from './messages/limits.ts'
import type { Message } from './messages/message.ts'
import { rootProgress } from './messages/root-progress.ts'
import { runTitle } from './messages/fleet-offer.ts'
import { rootSummary } from './messages/root-summary.ts'
import { verdictMessage } from './messages/verdict.ts'
import { plainMessage } from './messages/replies.ts'
import { editRoot, mentionOf, reply } from './thread-posts.ts'
import type { DeliverParts, PlacedThread } from './thread-posts.ts'

/**
 * Brings an update to its thread: the root message is edited in place, details are replies, and exactly one new message
 * calls who asked. May be called again with the same post after any failure; messages that stand are edited, not repeated.
 */
export function createDeliver(parts: DeliverParts): Deliver {
  return async (post, given) => {
    if (post.revision <= given.appliedRevision) return
    const thread = await parts.roots.ensure(post.threadId, firstRoot(post.update, given))
    if (thread.via === 'response') return deliverAlone(parts, thread, post)
    try {
      await deliverHere(parts, placed(thread), post)
    } catch (error) {
      if (!(error instanceof UndeliverableError)) throw error
      parts.log.warn({ threadId: thread.id, err: error }, 'a thread takes no more replies, who asked is told alone')
      await parts.threads.place(thread.id, { via: 'response' })
      await deliverAlone(parts, { ...thread, via: 'response' }, post)
    }
  }
}

async function deliverHere(parts: DeliverParts, thread: PlacedThread, { update }: Post): Promise<void> {
  const note = noteOf(thread)
  const mention = mentionOf(thread)
  switch (update.kind) {
    case 'progress':
      return editRoot(parts, thread, rootProgress(update.progress, note))
    case 'diagnosis': {
      const { diagnosis, proposal, past } = update
      await editRoot(parts, thread, rootSummary(diagnosis, proposal, note, past))
      await reply(parts, thread, 'verdict', verdictMessage(diagnosis, proposal, mention, past))
      await reply(parts, thread, 'evidence', evidenceMessage(diagnosis))
      const about = { diagnosisId: update.diagnosisId, host: diagnosis.host }
      return reply(parts, thread, 'limits', await judged(parts, thread, about, limitsMessage(diagnosis)))
    }
    case 'failed':
      await editRoot(parts, thread, rootFailed(update))
      return reply(parts, thread, 'verdict', failedMessage(update, mention))
    case 'action-started':
    case 'action-ended':
      return deliverAction(parts, thread, update)
    case 'action-watched':
      return deliverWatched(parts, thread, update)
    case 'approval-asked':
    case 'approval-lapsed':
    case 'alone-offered':
    case 'went-alone':
      return deliverApproval(parts, thread, update)
  }
}

function noteOf({ requester }: Thread): string | undefined {
  return requester.kind === 'alert' ? `Alert from ${requester.source}: ${requester.title}` : undefined
}

/** The root message as it is first seen, when the bot that took the request did not get to post it. */
function firstRoot(update: ThreadUpdate, thread: Thread): Message {
  if (update.kind === 'progress') return rootProgress(update.progress, noteOf(thread))
  if (update.kind === 'diagnosis') return rootSummary(update.diagnosis, update.proposal, noteOf(thread), update.past)
  if (update.kind === 'failed') return rootFailed(update)
      if (thread.fleet !== undefined) return deliverFleetAction(parts, thread, update)
  return rootProgress({ host: update.proposal.host, step: 'queued', detail: update.proposal.summary })
}
      if (thread.fleet !== undefined) return deliverFleetAction(parts, thread, update)

function placed(thread: Thread): PlacedThread {
    case 'fleet-run':
      return deliverFleetRun(parts, thread, update)
    case 'alerts':
      return deliverAlerts(parts, thread)
  if (thread.rootTs === null) throw new UndeliverableError(`Thread ${thread.id} has no root message`)
  return { ...thread, rootTs: thread.rootTs, threadTs: thread.threadTs ?? thread.rootTs }
}
  if (update.kind === 'fleet-run') return plainMessage(runTitle(update.run))
