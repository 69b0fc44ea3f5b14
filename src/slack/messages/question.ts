import type { KnownBlock } from '@slack/types'
import type { Diagnosis } from '../../diagnosis/diagnosis.ts'
import { inertLine } from '../escape.ts'
import { actionIds } from './offer.ts'
import { box, rich, sentence, strong, words } from './rich.ts'

/** The one command that would settle an undetermined diagnosis, and the way to give its output. */
export function questionBlocks({ host, verdict, ask }: Diagnosis): readonly KnownBlock[] {
  if (verdict !== 'undetermined' || ask === undefined) return []
  const lead = ask.paste === undefined ? 'This would help to tell' : 'One more question'
  const wish =
    ask.paste === undefined ? `run it as root on ${host}.` : `run it as root on ${host} and paste what it prints.`
  return [
    rich(
      sentence(strong(`${lead}:`), words(wish, 200)),
      box(ask.command, 400),
      sentence(words(`Why: ${ask.why}`, 300)),
    ),
    ...(ask.paste === undefined ? [] : [pasteButton(host, ask.paste)]),
  ]
}

/** Its value says nothing but what is to be judged again: the kept answers, and the host they are of. */
function pasteButton(host: string, key: string): KnownBlock {
  return {
    type: 'actions',
    block_id: 'question',
    elements: [
      {
        type: 'button',
        action_id: actionIds.pasteOutput,
        text: { type: 'plain_text', text: 'Paste output', emoji: false },
        accessibility_label: inertLine(`Paste the output of the command on ${host}`, 75),
        value: `${key} ${inertLine(host, 255)}`,
      },
    ],
  }
}

/** Said first where a person's text took the place of an answer of the host. */
export function pastedNote({ pasted }: Diagnosis): string | null {
  if (pasted === undefined) return null
  return `Judged again with output of ${pasted.command} that ${pasted.by} pasted: likely at most, and no button.`
}
