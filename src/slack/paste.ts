import type { ModalView } from '@slack/types'
import { z } from 'zod'
import { pastedOutput } from '../../commands/pasted-output.ts'
import { judgeAgain, type AskParts, type Asker } from './ask.ts'
import type { Interaction } from './interaction.ts'
import { pasteWindow } from './messages/paste-window.ts'
import { plainMessage } from './messages/replies.ts'
import type { NameOf } from './names.ts'

/** What the window carries, so that its answer finds back: written by this bot, signed by Slack. */
const place = z.object({ key: z.string(), host: z.string(), channel: z.string(), threadTs: z.string().nullable() })
export type PastePlace = z.infer<typeof place>

/** The window for the output that a message asks for; null when the button is none of this version. */
export function windowFor({ value, channel, message, threadTs }: Interaction): ModalView | null {
  const [key, host, ...rest] = value.split(' ')
  if (key === undefined || host === undefined || rest.length > 0 || channel === null) return null
  const metadata: PastePlace = { key, host, channel, threadTs: threadTs ?? message?.ts ?? null }
  return pasteWindow(host, JSON.stringify(metadata))
}

/** Null when it was not this bot who wrote it. */
export function placeOf(metadata: string): PastePlace | null {
  try {
    return place.parse(JSON.parse(metadata))
  } catch {
    return null // another version's window
  }
}

/** Queues the kept answers to be judged again with what was pasted; the answer comes into the same thread. */
export async function takePasted(
  parts: AskParts & { readonly nameOf: NameOf },
  asker: Asker,
  { key, host }: PastePlace,
  texts: readonly string[],
): Promise<void> {
  const text = pastedOutput(texts)
  if (text.trim() === '')
    return asker.tellAlone(plainMessage('There was nothing in the window, so nothing was judged.'))
  await judgeAgain(parts, asker, { host, pasted: { key, text, by: await parts.nameOf(asker.userId) } })
}
