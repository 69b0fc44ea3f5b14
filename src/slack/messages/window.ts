import type { InputBlock, PlainTextElement } from '@slack/types'
import { inertLine } from '../escape.ts'

/** The one field of a window of ours, for text that is pasted. */
export const windowField = { block: 'pasted', action: 'text' } as const

/** Titles and buttons of a window: 24 characters at most (docs.slack.dev, "Views"). */
export function windowText(text: string): PlainTextElement {
  return { type: 'plain_text', text: inertLine(text, 24), emoji: false }
}

interface Field {
  readonly label: string
  readonly hint: string
  /** Characters; Slack takes no more than 3000. */
  readonly longest: number
  /** Second and further fields may stay empty. */
  readonly part?: number
}

export function windowInput({ label, hint, longest, part = 1 }: Field): InputBlock {
  return {
    type: 'input',
    block_id: part === 1 ? windowField.block : `${windowField.block}-${part}`,
    optional: part > 1,
    label: { type: 'plain_text', text: inertLine(label, 200), emoji: false },
    hint: { type: 'plain_text', text: inertLine(hint, 300), emoji: false },
    element: {
      type: 'plain_text_input',
      action_id: windowField.action,
      multiline: true,
      max_length: longest,
      focus_on_load: part === 1,
    },
  }
}
