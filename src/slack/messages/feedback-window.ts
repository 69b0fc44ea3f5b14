import type { InputBlock, ModalView } from '@slack/types'
import { inertLine } from '../escape.ts'
import { causeGroups, option } from './cause-groups.ts'
import { windowText } from './window.ts'

export const feedbackWindowId = 'feedback'

/** Blocks with what is chosen and typed; each holds one field of this action id. */
export const feedbackField = { truth: 'truth', note: 'note', action: 'value' } as const

export const longestNote = 300

/** Asks what it was. `metadata` comes back with it. */
export function feedbackWindow(metadata: string): ModalView {
  return {
    type: 'modal',
    callback_id: feedbackWindowId,
    private_metadata: metadata,
    title: windowText('What was it?'),
    submit: windowText('Say it'),
    close: windowText('Cancel'),
    blocks: [truthInput(), noteInput()],
  }
}

/** What is on no list stands first: who does not find his cause must not pick a wrong one. */
function truthInput(): InputBlock {
  const others = [
    option('Something that is not in this list', 'not-listed'),
    option('Nothing was wrong', 'nothing-wrong'),
  ]
  return {
    type: 'input',
    block_id: feedbackField.truth,
    label: { type: 'plain_text', text: 'It was', emoji: false },
    element: {
      type: 'static_select',
      action_id: feedbackField.action,
      placeholder: { type: 'plain_text', text: 'Pick a cause', emoji: false },
      option_groups: [
        { label: { type: 'plain_text', text: 'No cause of the list', emoji: false }, options: others },
        ...causeGroups(),
      ],
    },
  }
}

function noteInput(): InputBlock {
  return {
    type: 'input',
    block_id: feedbackField.note,
    optional: true,
    label: { type: 'plain_text', text: 'In your own words', emoji: false },
    hint: {
      type: 'plain_text',
      text: inertLine(
        'What showed it, or what the list lacks. It is kept with the answers of the host for a test case.',
        150,
      ),
      emoji: false,
    },
    element: { type: 'plain_text_input', action_id: feedbackField.action, max_length: longestNote },
  }
}
