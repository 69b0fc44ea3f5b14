import { mrkdwn } from '../escape.ts'
import type { Message } from './message.ts'
import { small } from './rich.ts'

/** Behind every message that reaches one person only because the bot may not post where they asked. */
export function inviteLine(): string {
  return 'Only you see this: I am not a member here. `/invite @gatemedic` lets everyone see the answers.'
}

export function aloneMessage(parts: readonly Message[]): Message {
  return {
    text: parts[0]?.text ?? 'gatemedic',
    blocks: [...parts.flatMap((part) => part.blocks), small(inviteLine())],
  }
}

/** The first answer where the bot may not post. */
export function aloneStarted(host: string): Message {
  const text = `Diagnosing ${mrkdwn(host, 60)}. The answer comes here, to you alone.`
  return { text, blocks: [small(text), small(inviteLine())] }
}
