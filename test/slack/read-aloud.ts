import { z } from 'zod'
import type { Message } from '../../src/slack/messages/message.ts'

const node: z.ZodType<Node> = z.lazy(() => z.looseObject({ type: z.string() }))
interface Node {
  readonly type: string
  readonly [key: string]: unknown
}

/** A message of ours, or as Slack keeps it. */
type Aloud = Pick<Message, 'text'> & { readonly blocks: readonly unknown[] }

/** A message as text that a person can review: one block after the other, styles as marks, buttons and their dialogs in brackets. */
export function readAloud({ text, blocks }: Aloud): string {
  return [`notification: ${text}`, ...blocks.map((block) => show(node.parse(block)))].join('\n')
}

function show(one: Node): string {
  switch (one.type) {
    case 'header':
      return `# ${textOf(one['text'])}`
    case 'context':
      return list(one)
        .map((part) => `  (${textOf(part)})`)
        .join('\n')
    case 'rich_text':
      return list(one).map(show).join('\n')
    case 'rich_text_section':
      return list(one).map(show).join('')
    case 'rich_text_list':
      return list(one)
        .map((item) => `- ${show(item)}`)
        .join('\n')
    case 'rich_text_preformatted':
      return list(one).map(show).join('').replace(/^/gm, '    | ')
    case 'actions':
      return list(one).map(button).join('\n')
    case 'date':
      return textOf(one['fallback'])
    case 'user':
      return `@${textOf(one['user_id'])}`
    case 'usergroup':
      return `@${textOf(one['usergroup_id'])}`
    default:
      return styled(textOf(one['text']), one['style'])
  }
}

function button(one: Node): string {
  const { confirm, value, style } = one
  const first = `[${textOf(one['text'])}]${typeof style === 'string' ? ` ${style}` : ''} value: ${textOf(value)}`
  if (confirm === undefined) return first
  const dialog = node.parse({ type: 'confirm', ...z.looseObject({}).parse(confirm) })
  const lines = ['title', 'text', 'confirm', 'deny'].map(
    (part) => `    ${part}: ${textOf(dialog[part]).replaceAll('\n', ' / ')}`,
  )
  return [first, ...lines].join('\n')
}

function list(one: Node): readonly Node[] {
  return z.array(node).parse(one['elements'])
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  const found = z.object({ text: z.string() }).safeParse(value)
  return found.success ? found.data.text : ''
}

function styled(text: string, style: unknown): string {
  const { bold, code } = z.object({ bold: z.boolean().optional(), code: z.boolean().optional() }).catch({}).parse(style)
  if (bold === true) return `*${text}*`
  return code === true ? `\`${text}\`` : text
}
