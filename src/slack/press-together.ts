import type { Asker } from './ask.ts'
import { namesOfRun } from './deliver-fleet-run.ts'
import type { Interaction } from './interaction.ts'
import { runPressAnswer } from './messages/fleet-run-replies.ts'
import type { PressParts } from './press.ts'
import { lookAtPeople } from './presser.ts'

/** A press on the button of an action on several hosts. What becomes of it is drawn by the run itself; the presser alone hears what it does not show. */
export async function pressTogether(parts: PressParts, asker: Asker, interaction: Interaction): Promise<void> {
  const result = await parts.desk.pressTogether(interaction.value, interaction, () => lookAtPeople(parts))
  parts.log.info({ runId: interaction.value, userId: asker.userId, result: result.kind }, 'button of a run pressed')
  const names = 'run' in result ? await namesOfRun(parts.nameOf, result.run) : ''
  const answer = runPressAnswer(result, names)
  if (answer !== null) await asker.tellAlone(answer)
}
