import type { ContextBlock, HeaderBlock, RichTextBlock, RichTextElement, RichTextBlockElement } from '@slack/types'
import { inert, inertLine } from '../escape.ts'

// Rich text is literal: Slack parses no mention, link or formatting in it. So what a host said goes into rich text only.

export function words(text: string, cap = 500): RichTextElement {
  return { type: 'text', text: nonEmpty(inertLine(text, cap)) }
}

export function strong(text: string, cap = 500): RichTextElement {
  return { type: 'text', text: nonEmpty(inertLine(text, cap)), style: { bold: true } }
}

export function code(text: string, cap = 300): RichTextElement {
  return { type: 'text', text: nonEmpty(inertLine(text, cap)), style: { code: true } }
}

/** Joins parts by spaces that stay: inertLine would trim them off. */
export function sentence(...parts: readonly RichTextElement[]): RichTextBlockElement {
  const spaced = parts.flatMap((part, index): RichTextElement[] =>
    index === 0 ? [part] : [{ type: 'text', text: ' ' }, part],
  )
  return { type: 'rich_text_section', elements: spaced }
}

/** Several lines as they are, in a fixed-width box: log lines, commands, diffs. */
export function box(text: string, cap: number): RichTextBlockElement {
  return { type: 'rich_text_preformatted', elements: [{ type: 'text', text: nonEmpty(inert(text, cap).trimEnd()) }] }
}

export function bullets(
  items: readonly (readonly RichTextElement[])[],
  style: 'bullet' | 'ordered' = 'bullet',
): RichTextBlockElement {
  return {
    type: 'rich_text_list',
    style,
    elements: items.map((parts) => ({ type: 'rich_text_section', elements: spacedOut(parts) })),
  }
}

export function rich(...elements: readonly RichTextBlockElement[]): RichTextBlock {
  return { type: 'rich_text', elements: [...elements] }
}

export function header(text: string): HeaderBlock {
  return { type: 'header', text: { type: 'plain_text', text: nonEmpty(inertLine(text, 150)), emoji: false } }
}

/** Small grey line; the text is mrkdwn and must come out of `mrkdwn()` or be our own. */
export function small(text: string): ContextBlock {
  return { type: 'context', elements: [{ type: 'mrkdwn', text: nonEmpty(text), verbatim: true }] }
}

function spacedOut(parts: readonly RichTextElement[]): RichTextElement[] {
  return parts.flatMap((part, index): RichTextElement[] => (index === 0 ? [part] : [{ type: 'text', text: ' ' }, part]))
}

/** Slack refuses empty texts. */
function nonEmpty(text: string): string {
  return text === '' ? '(empty)' : text
}
