import type { Button, KnownBlock } from '@slack/types'
import { causes } from '../../diagnosis/cause.ts'
import type { Tally, Truth } from '../../history/tally.ts'
import { mrkdwn } from '../escape.ts'
import { fit } from './fit.ts'
import type { Message } from './message.ts'
import { small } from './rich.ts'

/** As a row begins. */
export const nobodySaid: Tally = { right: 0, wrong: 0, instead: [] }

export const feedbackIds = {
  right: 'feedback-right',
  wrong: 'feedback-wrong',
  else: 'feedback-else',
  record: 'incident-record',
} as const

/** Blocks whose id starts with this are what an opinion redraws. */
const prefix = 'feedback:'

/**
 * One quiet row: what people say so far, and the buttons; `value` is sealed by the desk and the same for all of them.
 *
 * @param single of one host: the record of an incident is of one
 */
export function feedbackBlocks(value: string, tally: Tally, single = true): readonly KnownBlock[] {
  return [
    { ...small(talliedWords(tally)), block_id: `${prefix}said` },
    {
      type: 'actions',
      block_id: `${prefix}buttons`,
      elements: [
        button(feedbackIds.right, 'Right', 'Say that this answer is right', value),
        button(feedbackIds.wrong, 'Wrong', 'Say that this answer is wrong', value),
        button(feedbackIds.else, 'Something else …', 'Say what it was instead', value),
        ...(single
          ? [button(feedbackIds.record, 'Incident record', 'Write the record of this incident into the thread', value)]
          : []),
      ],
    },
  ]
}

/** Behind the last message of a diagnosis, or alone where there is none. */
export function withFeedback(message: Message | null, host: string, row: readonly KnownBlock[]): Message {
  const before = message ?? { text: `Was the answer about ${mrkdwn(host, 60)} right?`, blocks: [] }
  return fit({ ...before, blocks: [...before.blocks, ...row] })
}

/** The message with the row as it is now; null when it has none. */
export function withNewFeedback(message: Message, row: readonly KnownBlock[]): Message | null {
  const at = message.blocks.findIndex(isFeedback)
  if (at === -1) return null
  const rest = message.blocks.filter((block) => !isFeedback(block))
  return { ...message, blocks: [...rest.slice(0, at), ...row, ...rest.slice(at)] }
}

function isFeedback({ block_id: id }: KnownBlock): boolean {
  return id?.startsWith(prefix) === true
}

function button(id: string, text: string, label: string, value: string): Button {
  return {
    type: 'button',
    action_id: id,
    text: { type: 'plain_text', text, emoji: false },
    accessibility_label: label,
    value,
  }
}

/** "Right, say 2 people · wrong, says 1 person · “the disk is full”, says 1 person". */
export function talliedWords({ right, wrong, instead }: Tally): string {
  const parts = [
    ...(right === 0 ? [] : [`right, ${say(right)}`]),
    ...(wrong === 0 ? [] : [`wrong, ${say(wrong)}`]),
    ...instead.slice(0, 4).map(({ truth, people }) => `${truthWords(truth)}, ${say(people)}`),
  ]
  if (parts.length === 0) return 'Was this answer right?'
  const line = parts.join(' · ')
  const known = right > 0 || instead.length > 0
  return `${line.charAt(0).toUpperCase()}${line.slice(1)}.${known ? '' : ' If you know what it was, say it with “Something else …”.'}`
}

function say(people: number): string {
  return people === 1 ? 'says 1 person' : `say ${people} people`
}

/** What it was, in the words of the list. */
export function truthWords(truth: Truth): string {
  if (truth === 'nothing-wrong') return 'nothing was wrong'
  return truth === 'not-listed' ? 'something that is not in the list' : `“${causes[truth].title}”`
}
