import { z } from 'zod'
import type { Truth } from '../history/tally.ts'
import type { Opinion } from '../jobs/feedback.ts'
import { type Asker, type AskParts, mayAsk } from './ask.ts'
import type { Interaction } from './interaction.ts'
import { isCause } from './messages/cause-groups.ts'
import { feedbackBlocks, feedbackIds, talliedWords, withNewFeedback } from './messages/feedback.ts'
import { feedbackField, feedbackWindow, longestNote } from './messages/feedback-window.ts'
import type { Message } from './messages/message.ts'
import { plainMessage } from './messages/replies.ts'
import type { PressParts } from './press.ts'
import { standingMessage } from './standing-offer.ts'
import { edit } from './thread-posts.ts'

/** A row in one conversation, and the message that it stands in. */
export interface FeedbackRow {
  readonly value: string
  readonly channel: string
  readonly threadTs: string
  readonly ts: string
}

const row = z.strictObject({ value: z.string().max(2000), channel: z.string(), threadTs: z.string(), ts: z.string() })

const strange = 'This button does not belong to this conversation, so nothing was noted. Diagnose the host again.'
const forgotten = 'I know nothing of this diagnosis any more, so nothing was noted.'

export function isFeedback({ actionId }: Pick<Interaction, 'actionId'>): boolean {
  return actionId === feedbackIds.right || actionId === feedbackIds.wrong || actionId === feedbackIds.else
}

/** Somebody says whether an answer was right. The row is redrawn for everybody; what was not taken is told to him alone. */
export async function pressFeedback(parts: PressParts, asker: Asker, interaction: Interaction): Promise<void> {
  const at = rowOf(interaction)
  if (at === null || !isOurs(parts, at)) return turnAway(parts, asker, interaction)
  const decision = await mayAsk(parts, asker)
  if (!decision.allowed) return asker.tellAlone(plainMessage(decision.because))
  if (interaction.actionId === feedbackIds.else)
    return parts.web.openView(interaction.triggerId, feedbackWindow(JSON.stringify(at)))
  const said = interaction.actionId === feedbackIds.right ? 'right' : 'wrong'
  return take(parts, asker, at, { said }, interaction.message)
}

function isOurs({ feedback }: PressParts, at: FeedbackRow): boolean {
  return feedback !== undefined && feedback.open(at.value, at) !== null
}

/** What somebody picked in the window. */
export async function takeFromWindow(parts: PressParts, asker: Asker, at: FeedbackRow, fields: Fields): Promise<void> {
  if (!isOurs(parts, at)) return asker.tellAlone(plainMessage(strange))
  const decision = await mayAsk(parts, asker)
  if (!decision.allowed) return asker.tellAlone(plainMessage(decision.because))
  const truth = truthOf(fieldOf(fields, feedbackField.truth))
  if (truth === null) return asker.tellAlone(plainMessage('Nothing was picked, so nothing was noted.'))
  const note = fieldOf(fields, feedbackField.note).slice(0, longestNote)
  return take(parts, asker, at, { said: 'something-else', truth, note }, null)
}

export function rowOf({ value, channel, message, threadTs }: Interaction): FeedbackRow | null {
  const thread = message?.threadTs ?? threadTs
  return channel === null || message === null || thread === null
    ? null
    : { value, channel, threadTs: thread, ts: message.ts }
}

/** Null when it was not this bot who wrote it. */
export function feedbackRowOf(metadata: string): FeedbackRow | null {
  try {
    return row.parse(JSON.parse(metadata))
  } catch {
    return null // another version's window
  }
}

/** A press that this bot gave nobody: answered and noted, and nothing else. */
export async function turnAway(parts: AskParts, asker: Asker, { actionId }: Interaction): Promise<void> {
  parts.log.warn(
    { userId: asker.userId, channel: asker.channel, actionId },
    'a button was pressed that is not of its conversation',
  )
  return asker.tellAlone(plainMessage(strange))
}

async function take(
  parts: PressParts,
  asker: Asker,
  at: FeedbackRow,
  opinion: Opinion,
  message: Message | null,
): Promise<void> {
  const ids = parts.feedback?.open(at.value, at) ?? null
  const taken = ids === null ? null : await parts.feedback?.take(ids.diagnoses, asker.userId, opinion)
  if (ids === null || taken?.kind !== 'noted') return asker.tellAlone(plainMessage(forgotten))
  parts.log.info({ diagnoses: ids.diagnoses, userId: asker.userId, said: opinion.said }, 'an answer was judged')
  await parts.inTurn(`feedback ${ids.diagnoses.join()}`, () => redraw(parts, at, ids.diagnoses, message))
}

/** How often a row is drawn again because somebody has said something meanwhile. */
const mostTimes = 3

/** Drawn from what is noted and not from this press, and once more when another bot noted something meanwhile: all end with the same row. */
async function redraw(
  parts: PressParts,
  at: FeedbackRow,
  diagnoses: readonly string[],
  seen: Message | null,
): Promise<void> {
  const standing = seen ?? (await standingMessage(parts, at, at.ts))
  if (standing === null) return
  let shown: string | null = null
  for (let time = 0; time < mostTimes; time += 1) {
    const tally = await parts.feedback?.tally(diagnoses)
    if (tally === undefined || talliedWords(tally) === shown) return
    shown = talliedWords(tally)
    const next = withNewFeedback(standing, feedbackBlocks(at.value, tally, diagnoses.length === 1))
    if (next !== null) await edit(parts, at.channel, at.ts, next)
  }
}

export type Fields = Readonly<Record<string, Readonly<Record<string, unknown>>>>

const typed = z.object({ value: z.string().nullish(), selected_option: z.object({ value: z.string() }).nullish() })

function fieldOf(fields: Fields, block: string): string {
  const read = typed.safeParse(fields[block]?.[feedbackField.action])
  return read.success ? (read.data.selected_option?.value ?? read.data.value ?? '') : ''
}

function truthOf(value: string): Truth | null {
  if (value === 'nothing-wrong' || value === 'not-listed') return value
  return isCause(value) ? value : null
}
