import { z } from 'zod'
import { readBlocks } from './read-blocks.ts'
import { plainText } from './plain-text.ts'
import type { MessagePart, SlackMessage } from './slack-message.ts'

const caps = { text: 12_000, parts: 200, attachments: 20, fields: 40 } as const

const words = z.string().catch('')
const attachment = z.object({
  title: words,
  pretext: words,
  text: words,
  fallback: words,
  footer: words,
  fields: z.array(z.object({ title: words, value: words }).catch({ title: '', value: '' })).catch([]),
  blocks: z.unknown().optional(),
})

/** By the page of the event "message.channels" and its bot_message subtype, and of the payload of message shortcuts (docs.slack.dev). */
const schema = z.object({
  ts: z.string().regex(/^\d{1,12}\.\d{1,9}$/),
  thread_ts: z.string().optional().catch(undefined),
  bot_id: z.string().optional().catch(undefined),
  app_id: z.string().optional().catch(undefined),
  bot_profile: z
    .object({ app_id: z.string().optional(), name: z.string().optional(), team_id: z.string().optional() })
    .optional()
    .catch(undefined),
  team: z.string().optional().catch(undefined),
  user_team: z.string().optional().catch(undefined),
  source_team: z.string().optional().catch(undefined),
  username: words,
  text: words,
  attachments: z.array(z.unknown()).catch([]),
  blocks: z.unknown().optional(),
})

type Attachment = z.infer<typeof attachment>

/** Null when it is no message. What is too long is cut, what has another shape is left out: a strange part must not hide the rest. */
export function readMessage(given: unknown): SlackMessage | null {
  const read = schema.safeParse(given)
  if (!read.success) return null
  const { data } = read
  const attachments = data.attachments.slice(0, caps.attachments).flatMap((each) => {
    const one = attachment.safeParse(each)
    return one.success ? [one.data] : []
  })
  const parts = capped([
    ...(data.text === '' ? [] : [part(data.text)]),
    ...readBlocks(data.blocks),
    ...attachments.flatMap(partsOf),
  ])
  return {
    ts: data.ts,
    threadTs: data.thread_ts === undefined || data.thread_ts === data.ts ? null : data.thread_ts,
    botId: data.bot_id ?? null,
    appId: data.app_id ?? data.bot_profile?.app_id ?? null,
    teams: [data.bot_profile?.team_id, data.user_team, data.source_team, data.team].filter(
      (team) => team !== undefined,
    ),
    senderName: (data.username || (data.bot_profile?.name ?? '')).slice(0, 80),
    title: titleOf(attachments, parts),
    parts,
    footers: attachments.map(({ footer }) => footer.slice(0, 100)),
  }
}

/** `title_link` is left out on purpose: it leads to the sender's own pages, whose host would be taken for the broken one. */
function partsOf({ title, pretext, text, fallback, fields, blocks }: Attachment): readonly MessagePart[] {
  const inner = readBlocks(blocks)
  const seen = [pretext, title, text].filter((each) => each !== '').map((each) => part(each))
  const named = fields.slice(0, caps.fields).map((field) => part(field.value, plainText(field.title.slice(0, 200))))
  const all = [...seen, ...named, ...inner]
  // The fallback repeats the rest for notifications, and only where there is no rest it says something.
  return all.length > 0 || fallback === '' ? all : [part(fallback)]
}

function part(text: string, name: string | null = null): MessagePart {
  return { name, text: plainText(text.slice(0, caps.text)) }
}

function capped(parts: readonly MessagePart[]): readonly MessagePart[] {
  let left: number = caps.text
  return parts.slice(0, caps.parts).flatMap(({ name, text }) => {
    const cut = text.slice(0, left)
    left -= cut.length
    return cut.trim() === '' ? [] : [{ name, text: cut }]
  })
}

function titleOf(attachments: readonly Attachment[], parts: readonly MessagePart[]): string {
  const titled = attachments.find(({ title }) => title.trim() !== '')
  const text = titled === undefined ? (parts[0]?.text ?? '') : plainText(titled.title.slice(0, 2000))
  return (text.trim().split('\n')[0] ?? '').trim().slice(0, 200)
}
