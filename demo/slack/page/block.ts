import { createElement as h } from 'react'
import type { ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { Message as LibraryMessage } from 'slack-blocks-to-jsx'
import type { Block as LibraryBlock } from 'slack-blocks-to-jsx'

import { isObject, listAt, textAt } from '../json.ts'
import type { Json, JsonObject } from '../json.ts'
import { elementNode, imageNode, textNodes } from './elements.ts'
import type { Reader } from './names.ts'
import { richTextNodes } from './rich-text.ts'
import { tableNode } from './tables.ts'
import { planNode, taskNode } from './tasks.ts'

/**
 * HTML of one block. Whatever fails stays within its block: a table that cannot be drawn must not take the message along.
 * Blocks that slack-blocks-to-jsx gets wrong (raw_number cells, data_table, text with marks inside words, user groups,
 * buttons without their block) or that must be pressed are drawn here, the others by it.
 */
export function blockHtml(block: Json, reader: Reader): string {
  try {
    const own = ownNode(block, reader)
    const html = own === undefined ? libraryHtml(block, reader) : renderToStaticMarkup(own)
    return shows(html) ? html : placeholder(block)
  } catch {
    // The reader sees that something is there and of which kind.
    return placeholder(block)
  }
}

/** The library draws an empty frame for what it does not know. */
function shows(html: string): boolean {
  return /<(?:svg|img|hr|input|button|video)\b/u.test(html) || html.replaceAll(/<[^>]*>/gu, '').trim() !== ''
}

function placeholder(block: Json): string {
  return renderToStaticMarkup(
    h('p', { className: 'sk-unknown' }, `[${textAt(block, 'type') || 'unknown'} block: not shown here]`),
  )
}

function ownNode(block: Json, reader: Reader): ReactNode | undefined {
  const id = textAt(block, 'block_id')
  switch (textAt(block, 'type')) {
    case 'actions':
      return h(
        'div',
        { className: 'sk-actions' },
        listAt(block, 'elements').map((one, at) => elementNode(one, id, at)),
      )
    case 'context':
      return h(
        'div',
        { className: 'sk-context' },
        listAt(block, 'elements').map((one, at) => contextNode(one, reader, at)),
      )
    case 'data_table':
    case 'table':
      return tableNode(block, reader)
    case 'divider':
      return h('hr', { className: 'sk-divider' })
    case 'header':
      return h('h3', { className: 'sk-header' }, textNodes(fieldOf(block, 'text'), reader))
    case 'image':
      return imageNode(block, 0)
    case 'plan':
      return planNode(block, reader)
    case 'rich_text':
      return h('div', { className: 'sk-rich' }, richTextNodes(block, reader))
    case 'section':
      return sectionNode(block, id, reader)
    case 'task_card':
      return h('ul', { className: 'sk-tasks' }, taskNode(block, reader, 0))
    default:
      return undefined
  }
}

function fieldOf(block: Json, key: string): Json | undefined {
  return isObject(block) ? block[key] : undefined
}

function contextNode(element: Json, reader: Reader, key: number): ReactNode {
  if (textAt(element, 'type') === 'image') return imageNode(element, key)
  return h('span', { key, className: 'sk-context-text' }, textNodes(element, reader))
}

function sectionNode(block: Json, id: string, reader: Reader): ReactNode {
  const text = fieldOf(block, 'text')
  const fields = listAt(block, 'fields')
  const accessory = fieldOf(block, 'accessory')
  return h(
    'div',
    { className: 'sk-section' },
    h(
      'div',
      { className: 'sk-section-text' },
      text === undefined ? null : h('div', { className: 'sk-text' }, textNodes(text, reader)),
      fields.length === 0
        ? null
        : h(
            'div',
            { className: 'sk-fields' },
            fields.map((field, index) => h('div', { key: index }, textNodes(field, reader))),
          ),
    ),
    accessory === undefined ? null : h('div', { className: 'sk-accessory' }, elementNode(accessory, id, 0)),
  )
}

/** The library scopes its style by an id that would occur once per block; the page's copy of the style uses the class. */
function libraryHtml(block: Json, reader: Reader): string {
  if (!isObject(block)) return ''
  const html = renderToStaticMarkup(
    h(LibraryMessage, {
      withoutWrapper: true,
      logo: '',
      name: '',
      time: new Date(0),
      theme: reader.theme,
      blocks: [forLibrary(block)],
    }),
  )
  return html.replace('id="slack_blocks_to_jsx" ', '')
}

function forLibrary(block: JsonObject): LibraryBlock {
  // The library's border: it draws the kinds it knows, gives nothing for others, and what it throws stays in this block.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return block as unknown as LibraryBlock
}
