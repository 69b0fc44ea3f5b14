import type { InputBlock, KnownBlock, ModalView } from '@slack/types'
import type { Proposal } from '../../approval/proposal.ts'
import { inertLine } from '../escape.ts'
import { titleOf, wordsOf } from './action-words.ts'
import { asSentence } from './as-sentence.ts'
import { rich, sentence, strong, words } from './rich.ts'
import { windowText } from './window.ts'

export const codeWindowId = 'approve-with-code'
export const aloneWindowId = 'go-on-alone'

/** Blocks with what is typed; each holds one field of this action id. */
export const approvalField = { code: 'code', reason: 'reason', action: 'text' } as const

/** Fewer characters say nothing that somebody could review. */
export const shortestReason = 10
const longestReason = 500

/** Asks for a code of the second factor before a press counts. `metadata` comes back with it. */
export function codeWindow(proposal: Proposal, metadata: string): ModalView {
  return {
    type: 'modal',
    callback_id: codeWindowId,
    private_metadata: metadata,
    title: windowText('Second factor'),
    submit: windowText(wordsOf(proposal.action).verb),
    close: windowText('Cancel'),
    blocks: [...about(proposal), codeInput(true)],
  }
}

export function aloneWindow(proposal: Proposal, code: boolean, metadata: string): ModalView {
  return {
    type: 'modal',
    callback_id: aloneWindowId,
    private_metadata: metadata,
    title: windowText('Go on alone'),
    submit: windowText(wordsOf(proposal.action).verb),
    close: windowText('Cancel'),
    blocks: [...about(proposal), reasonInput(), ...(code ? [codeInput(false)] : [])],
  }
}

function about(proposal: Proposal): readonly KnownBlock[] {
  return [
    rich(
      sentence(strong(`${titleOf(proposal)}.`, 200), words(asSentence(proposal.effect), 700)),
      sentence(words(`It runs once on ${proposal.host}: ${proposal.argv.join(' ')}`, 300)),
    ),
  ]
}

function reasonInput(): InputBlock {
  return {
    type: 'input',
    block_id: approvalField.reason,
    label: { type: 'plain_text', text: 'Why can it not wait for somebody else?', emoji: false },
    hint: {
      type: 'plain_text',
      text: 'It is announced at once with your name, and listed until somebody else has reviewed it.',
      emoji: false,
    },
    element: {
      type: 'plain_text_input',
      action_id: approvalField.action,
      multiline: true,
      min_length: shortestReason,
      max_length: longestReason,
      focus_on_load: true,
    },
  }
}

function codeInput(first: boolean): InputBlock {
  return {
    type: 'input',
    block_id: approvalField.code,
    label: { type: 'plain_text', text: inertLine('Code of your second factor', 75), emoji: false },
    hint: { type: 'plain_text', text: 'Six digits from your authenticator; each counts once.', emoji: false },
    element: {
      type: 'plain_text_input',
      action_id: approvalField.action,
      min_length: 6,
      max_length: 10,
      focus_on_load: first,
    },
  }
}
