import { UndeliverableError } from '../jobs/desk.ts'
import type { Post, ThreadUpdate } from '../jobs/post.ts'
import type { Thread } from '../jobs/thread.ts'
import type { DeliverParts } from './thread-posts.ts'
import { endedMessage } from './messages/action-ended.ts'
import { aloneMessage } from './messages/alone.ts'
import { nobodySeesMessage } from './messages/asked.ts'
import { evidenceMessage } from './messages/evidence.ts'
import { failedMessage } from './messages/failed.ts'
import { fit } from './messages/fit.ts'
import { aloneOfferMessage } from './messages/going-alone.ts'
import { runEndedMessage } from './messages/fleet-run-replies.ts'
import { limitsMessage } from './messages/limits.ts'
import type { Message } from './messages/message.ts'
import { verdictMessage } from './messages/verdict.ts'
import { relapseMessage } from './messages/watched.ts'
import { respondAlone, ResponseUrlError } from './response-url.ts'

/**
 * Where the bot may not post, the result goes to the person alone. A response URL takes five answers in 30 minutes, so
 * progress is left out and everything else is one message.
 */
export async function deliverAlone(parts: DeliverParts, thread: Thread, { update }: Post): Promise<void> {
  const key = keyOf(update)
  const message = messageOf(update)
  if (key === null || message === null || thread.posted[key] !== undefined) return
  const url = await parts.threads.responseUrl(thread.id)
  if (url === null)
    throw new UndeliverableError('The bot may not post in this conversation, and its response URL has expired')
  try {
    await respondAlone(url, fit(message))
  } catch (error) {
    if (error instanceof ResponseUrlError && !error.again) throw new UndeliverableError(error.message, { cause: error })
    throw error
  }
  await parts.threads.remember(thread.id, key, 'alone')
}

function keyOf(update: ThreadUpdate): string | null {
  if (update.kind === 'diagnosis' || update.kind === 'failed') return 'verdict'
  if (update.kind === 'approval-asked') return `asked-${update.proposal.id}`
  if (update.kind === 'alone-offered') return `alone-offered-${update.proposal.id}`
  if (update.kind === 'action-watched') return `relapse-${update.proposal.id}`
  if (update.kind === 'fleet-run') return update.run.state.kind === 'ended' ? `run-ended-${update.run.id}` : null
  return update.kind === 'action-ended' ? `ended-${update.proposal.id}` : null
}

function messageOf(update: ThreadUpdate): Message | null {
  if (update.kind === 'failed') return aloneMessage([failedMessage(update, null)])
  if (update.kind === 'action-ended')
    return aloneMessage([
      endedMessage(update.proposal, update.outcome, update.diagnosis, null, {
        answers: update.answers ?? [],
        watchSeconds: null,
      }),
    ])
  if (update.kind === 'action-watched' && update.outcome.kind === 'still-failing')
    return aloneMessage([relapseMessage(update, null)])
  if (update.kind === 'fleet-run') return aloneMessage([runEndedMessage(update.run, [], null)])
  if (update.kind === 'approval-asked') return aloneMessage([nobodySeesMessage(update.proposal)])
  if (update.kind === 'alone-offered') return aloneMessage([aloneOfferMessage(update.proposal)])
  if (update.kind !== 'diagnosis') return null
  const { diagnosis, proposal, past } = update
  const parts = [verdictMessage(diagnosis, proposal, null, past), evidenceMessage(diagnosis), limitsMessage(diagnosis)]
  return aloneMessage(parts.filter((part) => part !== null))
}
