import type { KnownBlock, ModalView } from '@slack/types'
import type { Explained } from '../../../commands/explain.ts'
import { explainLimits } from '../../../commands/explain.ts'
import { explainedBlocks } from './explained.ts'
import { fit } from './fit.ts'
import { windowInput, windowText } from './window.ts'

export const explainWindowId = 'explain'

/** A window to paste lines of an error log into. Its answer takes its place: nobody else sees either. */
export function explainWindow(): ModalView {
  return {
    type: 'modal',
    callback_id: explainWindowId,
    title: windowText('Explain log lines'),
    submit: windowText('Explain'),
    close: windowText('Cancel'),
    blocks: [
      windowInput({
        label: "Lines of nginx's error log",
        hint: `Up to ten lines, as they are; prefixes of journald, docker or kubectl do no harm. No host is asked.`,
        longest: explainLimits.characters,
      }),
    ],
  }
}

export function explainedWindow(explained: Explained): ModalView {
  const blocks: readonly KnownBlock[] = fit({ text: '', blocks: explainedBlocks(explained) }).blocks
  return {
    type: 'modal',
    callback_id: `${explainWindowId}-answer`,
    title: windowText('What the lines say'),
    close: windowText('Close'),
    blocks: [...blocks],
  }
}
