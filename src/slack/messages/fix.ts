import type { KnownBlock } from '@slack/types'
import type { Finding } from '../../diagnosis/diagnosis.ts'
import { box, rich, sentence, small, strong } from './rich.ts'

/** What a person would do: the commands in order, and the change of configuration as a diff. */
export function fixBlocks(finding: Finding): readonly KnownBlock[] {
  const { steps, diff } = finding.fix
  return [
    ...(steps.length === 0 ? [] : [rich(sentence(strong('What helps')), box(steps.slice(0, 12).join('\n'), 1500))]),
    ...(diff === null ? [] : [rich(sentence(strong('Change of the configuration')), box(diff, 2500))]),
  ]
}

/** Why there is no button although something would help, with the reason in words. */
export function refusedRemedy(finding: Finding, reason: string): readonly KnownBlock[] {
  const byHand = finding.fix.steps.length === 0 ? '' : ' The commands above do it by hand.'
  // A limit ends: "not now: ..." says so by itself.
  const lead = reason.startsWith('not now: ') ? `N${reason.slice(1)}` : `No button here: ${reason}`
  return [small(`${lead}.${byHand}`)]
}
