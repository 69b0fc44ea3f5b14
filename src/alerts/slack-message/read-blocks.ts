import { linkText, plainText } from './plain-text.ts'
import type { MessagePart } from './slack-message.ts'

const caps = { blocks: 50, nodes: 2000, depth: 8 } as const

/** What is read in the blocks of a message: header, section with fields, context, rich text. Buttons, pictures and inputs say nothing of what is broken. */
export function readBlocks(blocks: unknown): readonly MessagePart[] {
  if (!Array.isArray(blocks)) return []
  const budget = { nodes: caps.nodes }
  return blocks.slice(0, caps.blocks).flatMap((block) => partsOf(block, budget))
}

interface Budget {
  nodes: number
}

function partsOf(block: unknown, budget: Budget): readonly MessagePart[] {
  switch (text(block, 'type')) {
    case 'header':
    case 'section':
      return [field(block, 'text'), ...list(block, 'fields')].flatMap(textObject)
    case 'context':
      return list(block, 'elements').flatMap(textObject)
    case 'markdown':
      return whole(plainText(text(block, 'text')))
    case 'rich_text':
      return whole(richText(block, budget, 0))
    default:
      return []
  }
}

/** A field of a section is usually "*Host:*\nweb-1": a name above a value. */
function textObject(object: unknown): readonly MessagePart[] {
  if (!['mrkdwn', 'plain_text'].includes(text(object, 'type'))) return []
  const plain = plainText(text(object, 'text').slice(0, 3000))
  const named = /^\*{0,2}([^*\n:]{1,60}):?\*{0,2}:?\n([^\n]{1,500})$/.exec(plain)
  return named === null ? whole(plain) : [{ name: named[1] ?? null, text: named[2] ?? '' }]
}

function richText(node: unknown, budget: Budget, depth: number): string {
  budget.nodes -= 1
  if (budget.nodes < 0 || depth > caps.depth) return ''
  const type = text(node, 'type')
  if (type === 'text') return plainText(text(node, 'text'))
  if (type === 'link') return ` ${linkText(text(node, 'url'), text(node, 'text') || undefined)} `
  const inner = list(node, 'elements').map((each) => richText(each, budget, depth + 1))
  return type === 'rich_text_list' ? inner.join('\n') : `${inner.join('')}${depth === 1 ? '\n' : ''}`
}

function whole(plain: string): readonly MessagePart[] {
  return plain.trim() === '' ? [] : [{ name: null, text: plain }]
}

function field(value: unknown, name: string): unknown {
  if (value === null || typeof value !== 'object' || !Object.hasOwn(value, name)) return undefined
  return Object.entries(value).find(([key]) => key === name)?.[1]
}

function text(value: unknown, name: string): string {
  const found = field(value, name)
  return typeof found === 'string' ? found.slice(0, 12_000) : ''
}

function list(value: unknown, name: string): readonly unknown[] {
  const found = field(value, name)
  return Array.isArray(found) ? found.slice(0, 200) : []
}
