import type { ModalView } from '@slack/types'
import { z } from 'zod'
import type { Proposal } from '../approval/proposal.ts'
import type { PressWishes } from '../jobs/desk.ts'
import type { Asker } from './ask.ts'
import type { Interaction } from './interaction.ts'
import { aloneWindow, codeWindow } from './messages/approval-window.ts'
import { pressRefusedMessage } from './messages/press-answers.ts'
import { plainMessage } from './messages/replies.ts'
import type { SlackParts } from './parts.ts'
import { platformCode } from './slack-errors.ts'
import type { Web } from './web.ts'

interface OpenParts extends Pick<SlackParts, 'secondFactor'> {
  readonly web: Web
}

/** What the window carries, so that its answer finds back: written by this bot, signed by Slack. */
const place = z.object({
  proposal: z.string().max(128),
  channel: z.string().nullable(),
  threadTs: z.string().nullable(),
  code: z.boolean(),
})
export type ApprovalPlace = z.infer<typeof place>

/** Null when it was not this bot who wrote it. */
export function approvalPlaceOf(metadata: string): ApprovalPlace | null {
  try {
    return place.parse(JSON.parse(metadata))
  } catch {
    return null // another version's window
  }
}

export async function openCodeWindow(
  { secondFactor, web }: OpenParts,
  asker: Asker,
  interaction: Interaction,
  proposal: Proposal,
): Promise<void> {
  if (!(await secondFactor.isEnrolled(asker.userId)))
    return asker.tellAlone(pressRefusedMessage(proposal, notEnrolled(proposal.host, asker.userId)))
  return open(web, asker, interaction, codeWindow(proposal, metadataOf(interaction, proposal.id, true)))
}

/** Who has a second factor gives its code whenever he goes on alone, also where the policy does not ask for one. */
export async function openAloneWindow(
  { secondFactor, web }: OpenParts,
  asker: Asker,
  interaction: Interaction,
  { proposal, secondFactor: wanted }: PressWishes,
): Promise<void> {
  const enrolled = await secondFactor.isEnrolled(asker.userId)
  if (wanted && !enrolled)
    return asker.tellAlone(pressRefusedMessage(proposal, notEnrolled(proposal.host, asker.userId)))
  return open(web, asker, interaction, aloneWindow(proposal, enrolled, metadataOf(interaction, proposal.id, enrolled)))
}

/** Slack lets a press open a window for three seconds; whoever was too slow presses again. */
async function open(web: Web, asker: Asker, { triggerId }: Interaction, view: ModalView): Promise<void> {
  try {
    await web.openView(triggerId, view)
  } catch (error) {
    if (platformCode(error) !== 'expired_trigger_id') throw error
    await asker.tellAlone(plainMessage('It took too long to open the window, and nothing was run. Press again.'))
  }
}

function notEnrolled(host: string, userId: string): string {
  return `${host} asks for a code of a second factor, and you have none (gatemedic second-factor enroll ${userId})`
}

function metadataOf({ channel, threadTs, message }: Interaction, proposal: string, code: boolean): string {
  return JSON.stringify({ proposal, channel, threadTs: threadTs ?? message?.ts ?? null, code } satisfies ApprovalPlace)
}
