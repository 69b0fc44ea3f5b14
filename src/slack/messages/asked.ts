import type { KnownBlock, RichTextElement } from '@slack/types'
import type { Asked, Proposal } from '../../approval/proposal.ts'
import { mrkdwn } from '../escape.ts'
import { titleOf } from './action-words.ts'
import { asSentence } from './as-sentence.ts'
import { fit } from './fit.ts'
import type { Message } from './message.ts'
import { offerBlocks, offerPrefix } from './offer.ts'
import { rich, sentence, small, strong, words } from './rich.ts'
import { timeToken, utcTime } from './when.ts'

/** A proposal for which another person is asked. `names`: of who pressed so far, as people call them. */
export interface AskedFor {
  readonly proposal: Proposal
  readonly asked: Asked
  readonly names: string
}

/** In place of the button while another person is asked for: the button stays for the others, with who has pressed above it. */
export function askedBlocks({ proposal, asked, names }: AskedFor): readonly KnownBlock[] {
  const who = `${mrkdwn(names, 160)} ${asked.presses.length === 0 ? 'asked for it' : 'approved'} at ${timeToken(asked.at)}`
  const missing = asked.presses.length === 0 ? 'Another person must approve' : 'One more person must press'
  const said = `*${who}. ${missing} until ${timeToken(asked.until)}.*`
  const [effect, ...buttons] = offerBlocks({ ...proposal, expiresAt: asked.until })
  return [...(effect === undefined ? [] : [effect]), { ...small(said), block_id: `${offerPrefix}asked` }, ...buttons]
}

/** How many are called by one message; a list that is longer than this belongs into a user group. */
const mostCalled = 10

/** The one new message that calls the approvers, or the next contact when they did not answer. */
export function askedReply({ proposal, asked, names }: AskedFor, ask: readonly string[]): Message {
  const calls = callsTo(ask)
  const title = titleOf(proposal)
  const lead = asked.contacted === 0 ? 'One more approval is needed' : 'Nobody has answered yet'
  const text = [mrkdwn(`${lead}: ${title}`, 140), ...calls.text].join(' ')
  return fit({
    text,
    blocks: [
      rich(sentence(strong(`${lead}: ${title}`, 200), ...calls.elements)),
      rich(
        sentence(
          words(`${names} ${asked.presses.length === 0 ? 'asked for it' : 'approved'}.`, 200),
          ...(calls.text.length === 0 ? [words('Nobody else is named in the policy whom I could call.')] : []),
          words('The button is above, in this thread, until'),
          time(asked.until),
        ),
      ),
      small(mrkdwn(asSentence(proposal.effect), 700)),
    ],
  })
}

/** The same people for a text and for rich text. */
export function callsTo(ask: readonly string[]): {
  readonly text: readonly string[]
  readonly elements: readonly RichTextElement[]
} {
  const called = ask.slice(0, mostCalled)
  return { text: called.map(mentionOf), elements: called.map(mentionElement) }
}

/** Where only one person sees the answers nobody else can be asked: said instead of a call that nobody would hear. */
export function nobodySeesMessage(proposal: Proposal): Message {
  const said = `${titleOf(proposal)} needs one more person, and nobody else sees this conversation with me.`
  return {
    text: mrkdwn(said, 300),
    blocks: [rich(sentence(words(said, 300), words('Diagnose the host again in a channel that I am a member of.')))],
  }
}

function isGroup(id: string): boolean {
  return id.startsWith('S')
}

/** docs.slack.dev, "Formatting message text": a user group is mentioned by its id alone. */
function mentionOf(id: string): string {
  return isGroup(id) ? `<!subteam^${id}>` : `<@${id}>`
}

function mentionElement(id: string): RichTextElement {
  return isGroup(id) ? { type: 'usergroup', usergroup_id: id } : { type: 'user', user_id: id }
}

function time(iso: string): RichTextElement {
  return { type: 'date', timestamp: Math.floor(Date.parse(iso) / 1000), format: '{time}', fallback: utcTime(iso) }
}
