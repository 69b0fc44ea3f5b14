import { createElement as h, Fragment } from 'react'
import type { ReactNode } from 'react'

import { drawings } from './emoji-drawings.ts'
import { emoji } from './emoji.ts'

const bySign = new Map(
  Object.entries(emoji)
    .filter(([name]) => Object.hasOwn(drawings, name))
    .map(([name, sign]) => [sign.replace('️', ''), name]),
)
const anySign = new RegExp(`(${[...bySign.keys()].join('|')})️?`, 'gu')

/** An emoji by its shortcode; one that is not known stays as it was written. */
export function emojiNode(name: string): ReactNode {
  const label = name.replaceAll('_', ' ')
  const drawing = Object.hasOwn(drawings, name) ? drawings[name] : undefined
  // Constant markup of this folder, never text of a message.
  const svg = { viewBox: '0 0 20 20', className: 'sk-emoji', role: 'img', 'aria-label': label }
  if (drawing) return h('svg', { ...svg, dangerouslySetInnerHTML: { __html: drawing } })
  const sign = Object.hasOwn(emoji, name) ? emoji[name] : undefined
  return sign ? h('span', { role: 'img', 'aria-label': label }, sign) : `:${name}:`
}

/** Text whose emoji characters are drawn as well. */
export function drawnText(text: string): ReactNode {
  const parts = text.split(anySign)
  if (parts.length === 1) return text
  return parts.map((part, index) => {
    const name = index % 2 === 1 ? bySign.get(part) : undefined
    return h(Fragment, { key: index }, name ? emojiNode(name) : part)
  })
}
