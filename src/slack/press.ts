import type { KnownBlock } from '@slack/types'
import type { Desk, Presser, PressResult } from '../jobs/desk.ts'
import type { Asker } from './ask.ts'
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
import { edit, settledKey } from './thread-posts.ts'
import type { InTurn } from './turns.ts'
import type { SlackParts } from './parts.ts'
import type { Web } from './web.ts'

interface PressParts extends Pick<SlackParts, 'now' | 'log' | 'threads'> {
  readonly desk: Pick<Desk, 'press'>
  readonly web: Web
  readonly nameOf: NameOf
  readonly inTurn: InTurn
}

/**
 * A press on an action button. It is a claim and no permission: the desk decides. What became of it shows in the place of
 * the button for everyone when it changed the offer, and to the presser alone when it did not.
 */
export async function press(parts: PressParts, asker: Asker, interaction: Interaction): Promise<void> {
  const result = await parts.desk.press(interaction.value, presserOf(parts, asker))
  parts.log.info({ proposalId: interaction.value, userId: asker.userId, result: result.kind }, 'button pressed')
  const offer = await newOffer(parts, asker, result)
  if (offer !== null) await parts.inTurn(interaction.value, () => replaceOffer(parts, interaction, offer, result))
  const answer = await answerAlone(parts, result)
  // What one person alone sees cannot be edited without losing what it says: the new state comes as an answer.
  if (offer !== null && interaction.message === null && answer === null) return asker.tellAlone(runningAlone(offer))
  if (answer !== null) await asker.tellAlone(answer)
}

function presserOf({ web }: PressParts, { userId, channel }: Asker): Presser {
  return {
    userId,
    channel,
    how: 'click',
    reason: null,
    secondFactor: false,
    memberOf: (groups) => web.groupsOf(userId, groups),
  }
}

function runningAlone(offer: readonly KnownBlock[]): Message {
  return { text: 'It runs. How it ends comes here.', blocks: offer }
}

/** What stands in the place of the button from now on; null when it stays. */
async function newOffer(
  parts: PressParts,
  { userId }: Asker,
  result: PressResult,
): Promise<readonly KnownBlock[] | null> {
  if (result.kind === 'claimed') {
    return runningBlocks(result.proposal, { name: await parts.nameOf(userId), at: parts.now().toISOString() })
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
    case 'asked':
      return askedMessage(result)
    case 'forged':
    case 'unknown':
      break
  }
  return goneMessage()
}

/** A fast action may have ended before its press was answered: the end stays. */
async function replaceOffer(
  parts: PressParts,
  { message, channel, value }: Interaction,
  offer: readonly KnownBlock[],
  result: PressResult,
): Promise<void> {
  if (message === null || channel === null) return
  const thread = result.kind === 'claimed' ? await parts.threads.find(result.proposal.threadId) : null
  if (thread?.posted[settledKey(value)] !== undefined) return
  await edit(parts, channel, message.ts, fit({ text: message.text, blocks: withOffer(message.blocks, offer) }))
}
