import { UndeliverableError } from '../jobs/desk.ts'
import type { Post } from '../jobs/post.ts'
import type { Thread } from '../jobs/thread.ts'
import type { GroupSweep } from '../looks/sweeps/group-sweep.ts'
import { sweepOutline } from '../looks/sweeps/sweep-outline.ts'
import { failedRow, sweepRow } from '../looks/sweeps/sweep-row.ts'
import { groupSweepMessage } from './messages/group-sweep.ts'
import type { SlackParts } from './parts.ts'
import { type DeliverParts, edit } from './thread-posts.ts'

/** The answer of one host of a sweep is written down; it is told with the others. */
export async function deliverGroupSweep(
  { groupSweeps }: Pick<SlackParts, 'groupSweeps'>,
  { id }: Thread,
  { update }: Post,
): Promise<void> {
  if (update.kind === 'diagnosis') await groupSweeps?.answered(id, sweepRow(update.diagnosis))
  if (update.kind === 'failed') await groupSweeps?.answered(id, failedRow(update.host, update.message))
}

/** Tells the sweeps that every host has answered; called every few seconds. What was told before is drawn again when somebody answers late. */
export async function showGroupSweeps(parts: DeliverParts & Pick<SlackParts, 'groupSweeps'>): Promise<void> {
  const { groupSweeps, now, log } = parts
  for (const sweep of (await groupSweeps?.claimComplete(now())) ?? [])
    await show(parts, sweep).catch((error: unknown) =>
      log.warn({ threadId: sweep.id, err: error }, 'a sweep could not be told, tried again'),
    )
}

async function show(parts: DeliverParts & Pick<SlackParts, 'groupSweeps'>, sweep: GroupSweep): Promise<void> {
  const { groupSweeps, roots, threads, log } = parts
  const message = groupSweepMessage(sweepOutline(sweep), sweep.startedAt)
  try {
    const stood = (await threads.find(sweep.id))?.rootTs ?? null
    const thread = await roots.ensure(sweep.id, message)
    if (thread.rootTs === null)
      log.error({ channel: thread.channel }, 'the bot may not post in the channel of a sweep: invite it there')
    else if (stood !== null) await edit(parts, thread.channel, thread.rootTs, message)
  } catch (error) {
    if (!(error instanceof UndeliverableError)) throw error
    log.error({ threadId: sweep.id, err: error }, 'a sweep can be told to nobody')
  }
  await groupSweeps?.told(sweep.id, sweep.rows.length)
}
