import type { KnownBlock } from '@slack/types'
import type { Presser, PressResult } from '../jobs/desk.ts'
import type { AskParts, Asker } from './ask.ts'
import type { Interaction } from './interaction.ts'
import { fit } from './messages/fit.ts'
import type { Message } from './messages/message.ts'
import { lapsedBlocks, runningBlocks, withOffer } from './messages/offer-states.ts'
import {
  alreadyMessage,
  askedMessage,
  goneMessage,
  lapsedMessage,
  pressRefusedMessage,
} from './messages/press-answers.ts'
import { type NameOf, namesOf } from './names.ts'
import { openAloneWindow, openCodeWindow } from './open-approval-window.ts'
import { presserOf } from './presser.ts'
import { begunKey, replaceOffer, settledKey } from './standing-offer.ts'
import { edit } from './thread-posts.ts'
import type { InTurn } from './turns.ts'
import type { Web } from './web.ts'

export interface PressParts extends AskParts {
  readonly web: Web
  readonly nameOf: NameOf
  readonly inTurn: InTurn
}

/**
 * A press on an action button. It is a claim and no permission: the desk decides. What became of it shows in the place of
 * the button for everyone when it changed the offer, and to the presser alone when it did not.
 */
export async function press(parts: PressParts, asker: Asker, interaction: Interaction): Promise<void> {
  const result = await parts.desk.press(interaction.value, presserOf(parts, interaction))
  parts.log.info({ proposalId: interaction.value, userId: asker.userId, result: result.kind }, 'button pressed')
  if (result.kind === 'code-wanted') return openCodeWindow(parts, asker, interaction, result.proposal)
  const offer = await newOffer(parts, asker, result)
  if (offer !== null) await parts.inTurn(interaction.value, () => redraw(parts, interaction, offer, result))
  const answer = await answerAlone(parts, result)
  // What one person alone sees cannot be edited without losing what it says: the new state comes as an answer.
  if (offer !== null && interaction.message === null && answer === null) return asker.tellAlone(runningAlone(offer))
  if (answer !== null) await asker.tellAlone(answer)
}

/** The way without a second person: asks for the reason first. */
export async function wishAlone(parts: PressParts, asker: Asker, interaction: Interaction): Promise<void> {
  const wishes = await parts.desk.wishesOf(interaction.value)
  if (wishes === null) return asker.tellAlone(goneMessage())
  return openAloneWindow(parts, asker, interaction, wishes)
}

/** A press that came by a window: with a code, a reason, or both. */
export async function pressFromWindow(
  parts: PressParts,
  asker: Asker,
  proposalId: string,
  how: Pick<Presser, 'how' | 'reason' | 'secondFactor'>,
): Promise<void> {
  const result = await parts.desk.press(proposalId, presserOf(parts, asker, how))
  parts.log.info({ proposalId, userId: asker.userId, result: result.kind, how: how.how }, 'window submitted')
  const offer = await newOffer(parts, asker, result)
  if (offer !== null && 'proposal' in result) await parts.inTurn(proposalId, () => redrawThread(parts, result, offer))
  const answer = await answerAlone(parts, result)
  await asker.tellAlone(answer ?? runningAlone(offer ?? []))
}

function runningAlone(offer: readonly KnownBlock[]): Message {
  return { text: 'It runs. How it ends comes here.', blocks: offer }
}

/** What stands in the place of the button from now on; null when it stays, or when the thread hears of it anyway. */
async function newOffer(
  parts: PressParts,
  { userId }: Asker,
  result: PressResult,
): Promise<readonly KnownBlock[] | null> {
  if (result.kind === 'claimed') {
    const { state } = result.proposal
    const by = state.kind === 'claimed' ? state.by : [userId]
    return runningBlocks(result.proposal, {
      name: await namesOf(parts.nameOf, by),
      at: parts.now().toISOString(),
    })
  }
  if (result.kind === 'expired' || result.kind === 'superseded') return lapsedBlocks(result.proposal, result.kind)
  return null
}

async function answerAlone(parts: PressParts, result: PressResult): Promise<Message | null> {
  switch (result.kind) {
    case 'claimed':
      return null
    case 'already':
      return alreadyMessage(result, await namesOf(parts.nameOf, result.by))
    case 'expired':
    case 'superseded':
      return lapsedMessage(result.proposal, result.kind)
    case 'refused':
      return pressRefusedMessage(result.proposal, result.because)
    case 'code-wanted':
      return pressRefusedMessage(result.proposal, `${result.proposal.host} asks for a code of your second factor`)
    case 'asked':
      return askedMessage(result)
    case 'forged':
    case 'unknown':
      break
  }
  return goneMessage()
}

/** A fast action may have ended before its press was answered: the end stays. */
async function redraw(
  parts: PressParts,
  { message, channel, value }: Interaction,
  offer: readonly KnownBlock[],
  result: PressResult,
): Promise<void> {
  if (message === null || channel === null) return
  if (await hasEnded(parts, value, result)) return
  await edit(parts, channel, message.ts, fit({ text: message.text, blocks: withOffer(message.blocks, offer) }))
}

async function redrawThread(
  parts: PressParts,
  result: Extract<PressResult, { readonly proposal: unknown }>,
  offer: readonly KnownBlock[],
): Promise<void> {
  const { id, threadId } = result.proposal
  if (await hasEnded(parts, id, result)) return
  const thread = await parts.threads.find(threadId)
  const threadTs = thread?.threadTs ?? thread?.rootTs
  if (thread && threadTs) await replaceOffer(parts, { ...thread, threadTs }, id, offer)
}

async function hasEnded({ threads }: PressParts, id: string, result: PressResult): Promise<boolean> {
  if (result.kind !== 'claimed') return false
  const { threadId } = result.proposal
  await threads.remember(threadId, begunKey(id), 'yes')
  return (await threads.find(threadId))?.posted[settledKey(id)] !== undefined
}
