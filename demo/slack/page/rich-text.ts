import { createElement as h, Fragment } from 'react'
import type { ReactNode } from 'react'

import { flagAt, listAt, objectAt, textAt } from '../json.ts'
import type { Json } from '../json.ts'
import { channelNode, dateNode, groupNode, linkNode, userNode } from './mrkdwn-tokens.ts'
import type { Reader } from './names.ts'
import { drawnText, emojiNode } from './signs.ts'

/** The elements of a rich_text block, also as they stand in table cells and task cards. */
export function richTextNodes(block: Json, reader: Reader): readonly ReactNode[] {
  return listAt(block, 'elements').map((element, index) => h(Fragment, { key: index }, container(element, reader)))
}

function container(element: Json, reader: Reader): ReactNode {
  const type = textAt(element, 'type')
  if (type === 'rich_text_list') return list(element, reader)
  const children = leaves(element, reader)
  if (type === 'rich_text_preformatted') return h('pre', { className: 'sk-pre' }, children)
  if (type === 'rich_text_quote') return h('blockquote', { className: 'sk-quote' }, children)
  return h('span', { className: 'sk-lines' }, children)
}

function list(element: Json, reader: Reader): ReactNode {
  const tag = textAt(element, 'style') === 'ordered' ? 'ol' : 'ul'
  const items = listAt(element, 'elements').map((item, index) => h('li', { key: index }, leaves(item, reader)))
  const indent = Number(textAt(element, 'indent')) || 0
  const start = Number(textAt(element, 'offset')) || 0
  return h(
    tag,
    { className: `sk-list sk-indent-${indent}`, ...(start > 0 && tag === 'ol' ? { start: start + 1 } : {}) },
    items,
  )
}

function leaves(element: Json, reader: Reader): readonly ReactNode[] {
  return listAt(element, 'elements').map((leaf, index) =>
    h(Fragment, { key: index }, styled(leafNode(leaf, reader), objectAt(leaf, 'style'))),
  )
}

function leafNode(leaf: Json, reader: Reader): ReactNode {
  const type = textAt(leaf, 'type')
  if (type === 'text') return drawnText(textAt(leaf, 'text'))
  if (type === 'link') return linkNode(textAt(leaf, 'url'), textAt(leaf, 'text') || undefined) ?? textAt(leaf, 'text')
  if (type === 'user') return userNode(textAt(leaf, 'user_id'), reader)
  if (type === 'usergroup') return groupNode(textAt(leaf, 'usergroup_id'), reader)
  if (type === 'channel') return channelNode(textAt(leaf, 'channel_id'), reader)
  if (type === 'emoji') return emojiNode(textAt(leaf, 'name'))
  if (type === 'date') {
    return dateNode(
      Number(textAt(leaf, 'timestamp')),
      textAt(leaf, 'format'),
      textAt(leaf, 'fallback') || textAt(leaf, 'timestamp'),
    )
  }
  if (type === 'broadcast') return h('span', { className: 'sk-mention sk-mention-me' }, `@${textAt(leaf, 'range')}`)
  return textAt(leaf, 'text') || textAt(leaf, 'value')
}

function styled(node: ReactNode, style: Json): ReactNode {
  const marks: readonly (readonly [string, string])[] = [
    ['code', 'code'],
    ['bold', 'strong'],
    ['italic', 'em'],
    ['strike', 'del'],
  ]
  return marks.reduce<ReactNode>(
    (inner, [key, tag]) =>
      flagAt(style, key) ? h(tag, key === 'code' ? { className: 'sk-code' } : null, inner) : inner,
    node,
  )
}
