import type { Proposal } from '../../approval/proposal.ts'
import type { PressResult } from '../../jobs/desk.ts'
import { mrkdwn } from '../escape.ts'
import { titleOf } from './action-words.ts'
import { goAloneButton } from './going-alone.ts'
import type { Message } from './message.ts'
import { byHandBlock, checkAgainButton } from './offer.ts'
import { rich, sentence, small, words } from './rich.ts'
import { plainMessage } from './replies.ts'
import { timeToken } from './when.ts'

type Already = Extract<PressResult, { kind: 'already' }>

const states: Readonly<Record<Already['state'], string>> = {
  claimed: 'it is about to run',
  running: 'it is running',
  succeeded: 'it has run',
  failed: 'it has run and failed',
  refused: 'it was not done, the reason is in the thread',
}

/** To a second presser: the first press counts. */
export function alreadyMessage({ proposal, at, state }: Already, name: string): Message {
  const text = `${mrkdwn(name, 80)} approved this at ${timeToken(at)}: ${states[state]}. Your press did nothing more.`
  return { text: `${mrkdwn(titleOf(proposal), 150)}: approved already by ${mrkdwn(name, 80)}`, blocks: [small(text)] }
}

/** To somebody who may not approve: why, and the way without a button. */
export function pressRefusedMessage(proposal: Proposal, because: string): Message {
  const said = `Nothing was run: ${because.replace(/\.$/, '')}.`
  return { text: mrkdwn(said, 500), blocks: [rich(sentence(words(said, 600))), byHandBlock(proposal)] }
}

/** To who pressed first where two are needed: what his press meant, that nothing runs yet, and until when another may press. */
export function askedMessage({ because, counts, alone, proposal }: Extract<PressResult, { kind: 'asked' }>): Message {
  const { state } = proposal
  const until = state.kind === 'asked' ? ` until ${timeToken(state.until)}` : ''
  const said = counts
    ? `Your approval is noted. Nothing runs yet: ${because}, so one more person must press`
    : `Your press is noted as a request. Nothing runs yet: ${because}; another person must press`
  const title = mrkdwn(titleOf(proposal), 150)
  return {
    text: `${title}: one more person must press`,
    blocks: [
      small(`${mrkdwn(said, 500)}${until}.`),
      ...(alone
        ? [small('Nobody has answered for as long as the policy waits: you may go on alone.'), goAloneButton(proposal)]
        : []),
    ],
  }
}

export function lapsedMessage(proposal: Proposal, why: 'expired' | 'superseded'): Message {
  const said = why === 'expired' ? 'This offer has expired' : 'A newer diagnosis took the place of this offer'
  const text = `${said}, so nothing was run. Check again to see how things are now.`
  return { text, blocks: [rich(sentence(words(text))), byHandBlock(proposal), checkAgainButton(proposal.diagnosed)] }
}

export function goneMessage(): Message {
  return plainMessage(
    'I know nothing of this offer any more, so nothing was run. Diagnose the host again for a fresh one.',
  )
}
