import { createElement as h } from 'react'
import type { ReactNode } from 'react'

import { isList, isObject, listAt, textAt } from '../json.ts'
import type { Json } from '../json.ts'
import type { Reader } from './names.ts'
import { richTextNodes } from './rich-text.ts'

function cellNodes(cell: Json, reader: Reader): ReactNode {
  const type = textAt(cell, 'type')
  if (type === 'rich_text') return richTextNodes(cell, reader)
  if (type !== 'raw_number') return textAt(cell, 'text')
  const value = isObject(cell) ? cell['value'] : undefined
  return textAt(cell, 'text') || (typeof value === 'number' ? value.toLocaleString('en') : '')
}

function cellClass(cell: Json, setting: Json | undefined): string {
  const align = textAt(setting, 'align') || (textAt(cell, 'type') === 'raw_number' ? 'right' : 'left')
  const wraps = isObject(setting) && setting['is_wrapped'] === true
  return `sk-${align}${wraps ? ' sk-wrapped' : ''}`
}

/** A table or data_table: first row as its head, scrolling sideways in its own frame. */
export function tableNode(block: Json, reader: Reader): ReactNode {
  const [head, ...rows] = listAt(block, 'rows').filter(isList)
  const settings = listAt(block, 'column_settings')
  const caption = textAt(block, 'caption')
  const cells = (row: readonly Json[], tag: 'th' | 'td'): ReactNode =>
    row.map((cell, index) =>
      h(
        tag,
        { key: index, className: cellClass(cell, settings[index]), ...(tag === 'th' ? { scope: 'col' } : {}) },
        cellNodes(cell, reader),
      ),
    )

  return h(
    'div',
    { className: 'sk-table-frame', tabIndex: 0, role: 'region', 'aria-label': caption || 'Table' },
    h(
      'table',
      { className: 'sk-table' },
      caption ? h('caption', null, caption) : null,
      h('thead', null, h('tr', null, cells(head ?? [], 'th'))),
      h(
        'tbody',
        null,
        rows.map((row, index) => h('tr', { key: index }, cells(row, 'td'))),
      ),
    ),
  )
}
