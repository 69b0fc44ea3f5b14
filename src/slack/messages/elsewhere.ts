import { mrkdwn } from '../escape.ts'
import type { Message } from './message.ts'
import { rich, sentence, words } from './rich.ts'

/** In the thread of an alert whose host is looked at in another one. `link`: permalink of that other message, from Slack itself. */
export function elsewhereMessage(link: string): Message {
  const text = 'The diagnosis of this host is in another thread'
  return {
    text: `${text}: ${mrkdwn(link, 500)}`,
    blocks: [rich(sentence(words(`${text}:`), { type: 'link', url: link.slice(0, 2000), text: 'see there' }))],
  }
}
