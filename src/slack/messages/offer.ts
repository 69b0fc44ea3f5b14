import type { ActionsBlock, Button, KnownBlock } from '@slack/types'
import type { Proposal } from '../../approval/proposal.ts'
import { inert, inertLine, mrkdwn } from '../escape.ts'
import { titleOf, wordsOf } from './action-words.ts'
import { asSentence } from './as-sentence.ts'
import { notHeldWords } from './past.ts'
import { box, rich, sentence, small, strong } from './rich.ts'
import { timeToken } from './when.ts'

/** Blocks whose id starts with this are what a press replaces; the rest of the message stays. */
export const offerPrefix = 'offer:'

export const actionIds = {
  approve: 'approve',
  approveAll: 'approve-all',
  checkAgain: 'check-again',
  suggestion: 'suggestion',
  pasteOutput: 'paste-output',
  goAlone: 'go-alone',
  reviewed: 'reviewed',
} as const

/** The offered action: what it does, and the button with its confirm dialog. The button carries the proposal's id and nothing else. */
export function offerBlocks(proposal: Proposal): readonly KnownBlock[] {
  const until = timeToken(proposal.expiresAt)
  const advice = adviceOf(proposal)
  return [
    ...(advice === '' ? [] : [{ ...small(`*It did not hold:* ${advice}`), block_id: `${offerPrefix}advice` }]),
    {
      ...small(`${mrkdwn(asSentence(proposal.effect), 700)} Offered until ${until}.`),
      block_id: `${offerPrefix}effect`,
    },
    { type: 'actions', block_id: `${offerPrefix}buttons`, elements: [approveButton(proposal)] },
  ]
}

/** Empty when nothing speaks against it. */
function adviceOf({ action, notHeld }: Proposal): string {
  return notHeld === undefined ? '' : notHeldWords({ action, ...notHeld })
}

function approveButton(proposal: Proposal): Button {
  const title = inertLine(titleOf(proposal), 75)
  const words = wordsOf(proposal.action)
  const advice = adviceOf(proposal)
  const effect = `${advice === '' ? '' : `${advice} `}${asSentence(proposal.effect)}`
  const runs = `It runs once on ${proposal.host}: ${inertLine(proposal.argv.join(' '), 140)}`
  return {
    type: 'button',
    action_id: actionIds.approve,
    text: { type: 'plain_text', text: title, emoji: false },
    accessibility_label: title,
    value: proposal.id,
    // What did not hold is still there to be pressed, and no longer the first thing that one sees.
    ...(proposal.notHeld === undefined ? { style: words.interrupts ? ('danger' as const) : ('primary' as const) } : {}),
    confirm: {
      title: { type: 'plain_text', text: inertLine(`${titleOf(proposal)}?`, 100), emoji: false },
      text: {
        type: 'plain_text',
        text: inert(`${inertLine(effect, Math.max(150, 299 - runs.length))}\n${runs}`, 300),
        emoji: false,
      },
      confirm: { type: 'plain_text', text: words.verb, emoji: false },
      deny: { type: 'plain_text', text: 'Cancel', emoji: false },
      ...(words.interrupts ? { style: 'danger' as const } : {}),
    },
  }
}

/** Runs a fresh diagnosis of the host when pressed; its value is the line a person would type. */
export function checkAgainButton(host: string): ActionsBlock {
  return {
    type: 'actions',
    block_id: `${offerPrefix}again`,
    elements: [
      {
        type: 'button',
        action_id: actionIds.checkAgain,
        text: { type: 'plain_text', text: 'Check again', emoji: false },
        accessibility_label: inertLine(`Diagnose ${host} again`, 75),
        value: `diagnose ${inertLine(host, 200)}`,
      },
    ],
  }
}

/** The commands of an action for a person with a shell on the host. */
export function byHandBlock({ host, argv }: Proposal): KnownBlock {
  return rich(sentence(strong(`By hand, on ${host}`, 100)), box(`sudo ${argv.join(' ')}`, 600))
}
