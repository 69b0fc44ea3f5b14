import { mrkdwn } from '../escape.ts'
import type { Message } from './message.ts'
import { checkAgainButton } from './offer.ts'
import { header, rich, sentence, strong, words } from './rich.ts'
import { mentioned, mentionElement } from './verdict.ts'

interface Failure {
  readonly host: string
  readonly message: string
  readonly next: string
}

/** The root message when no diagnosis could be made at all: what happened and what to do next. */
export function rootFailed({ host, message, next }: Failure): Message {
  return {
    outside: outsideFailed(host),
    text: mrkdwn(`${host}: no diagnosis. ${message}`, 119),
    blocks: [header(`${host}: no diagnosis`), rich(sentence(words(message, 600))), rich(sentence(words(next, 600)))],
  }
}

/** The new message beside it, for whoever waits. */
export function failedMessage({ host, message, next }: Failure, mention: string | null): Message {
  const room = mention === null ? 0 : mention.length + 4
  const line = `${host}: no diagnosis. ${message}`
  return {
    outside: mentioned(outsideFailed(host), mention),
    text: mentioned(mrkdwn(line, 119 - room), mention),
    blocks: [
      rich(sentence(strong(line, 300), ...mentionElement(mention))),
      rich(sentence(words(next, 600))),
      checkAgainButton(host),
    ],
  }
}

function outsideFailed(host: string): string {
  return `*${mrkdwn(host, 60)}:* no diagnosis could be made`
}
