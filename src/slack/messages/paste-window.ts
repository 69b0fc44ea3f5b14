import type { ModalView } from '@slack/types'
import { inertLine } from '../escape.ts'
import { windowInput, windowText } from './window.ts'

export const pasteWindowId = 'paste-output'

/** Slack takes 3,000 characters in a field; what is longer goes on in the next. */
const longest = 3000
const fields = 3

/** A window to paste the output of the command into that an undetermined diagnosis asked for. `metadata` comes back with it. */
export function pasteWindow(host: string, metadata: string): ModalView {
  const more = Array.from({ length: fields - 1 }, (_, index) =>
    windowInput({
      label: 'The rest, where it is longer',
      hint: 'A field takes 3,000 characters.',
      longest,
      part: index + 2,
    }),
  )
  return {
    type: 'modal',
    callback_id: pasteWindowId,
    private_metadata: metadata,
    title: windowText('Paste output'),
    submit: windowText('Judge again'),
    close: windowText('Cancel'),
    blocks: [
      windowInput({
        label: `What the command printed on ${inertLine(host, 60)}`,
        hint: 'As it stands. Secrets in it are taken out. It is judged together with what was seen before; the host is not asked again.',
        longest,
      }),
      ...more,
    ],
  }
}
