import type { Asker } from './ask.ts'
import { showReviewed } from './announce-alone.ts'
import type { Interaction } from './interaction.ts'
import { plainMessage } from './messages/replies.ts'
import { presserOf } from './presser.ts'
import type { PressParts } from './press.ts'

/** Somebody else has looked at what was done alone; the announcement says so from then on. */
export async function pressReviewed(parts: PressParts, asker: Asker, interaction: Interaction): Promise<void> {
  const result = await parts.desk.review(interaction.value, presserOf(parts, interaction))
  parts.log.info({ proposalId: interaction.value, userId: asker.userId, result: result.kind }, 'review pressed')
  if (result.kind === 'refused') return asker.tellAlone(plainMessage(`Not reviewed: ${result.because}.`))
  if (result.kind === 'gone') return asker.tellAlone(plainMessage('Somebody else has reviewed this already.'))
  await showReviewed(parts, result.review, asker.userId)
  return asker.tellAlone(plainMessage('Noted: you have reviewed it. It is off the list, and in the audit.'))
}
