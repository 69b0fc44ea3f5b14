import type { ActionsBlock } from '@slack/types'
import type { FleetAnswer } from '../../fleet/answer.ts'
import { countOf } from '../../fleet/answer.ts'
import { inertLine, mrkdwn } from '../escape.ts'
import { fleetLine, fleetOutside } from './fleet-root.ts'
import type { Message } from './message.ts'
import { actionIds } from './offer.ts'
import { rich, sentence, strong } from './rich.ts'
import { mentioned, mentionElement } from './verdict.ts'

/** Longest value of a button (docs.slack.dev, "Button element"). */
const longestValue = 2000

/**
 * The last word: the answer in one line, for whoever waits.
 *
 * @param typed its title is what a person typed, and not the words of an alert
 */
export function fleetEnd(answer: FleetAnswer, hosts: readonly string[], mention: string | null, typed = true): Message {
  const room = mention === null ? 0 : mention.length + 4
  const line = fleetLine(answer)
  const again = countOf(answer, 'healthy') === answer.total ? null : againButton(answer.title, hosts, typed)
  return {
    outside: mentioned(fleetOutside(answer), mention),
    text: mentioned(mrkdwn(line, 119 - room), mention),
    blocks: [rich(sentence(strong(line, 300), ...mentionElement(mention))), ...(again === null ? [] : [again])],
  }
}

/** Its value is the line that a person would type; null when that would be too long. */
function againButton(title: string, hosts: readonly string[], typed: boolean): ActionsBlock | null {
  // A group or site stands for itself, also when its hosts have changed by then.
  const named = typed && /^(?:group:\S+|[^\s,]+\.[^\s,]+)$/.test(title)
  const line = `diagnose ${named ? title : hosts.join(' ')}`
  if (line.length > longestValue) return null
  return {
    type: 'actions',
    block_id: 'fleet:again',
    elements: [
      {
        type: 'button',
        action_id: actionIds.checkAgain,
        text: { type: 'plain_text', text: 'Check again', emoji: false },
        accessibility_label: inertLine(`Diagnose ${title} again`, 75),
        value: line,
      },
    ],
  }
}
