import { createElement as h } from 'react'
import type { ReactNode } from 'react'

import { isList, isObject, textAt } from '../json.ts'
import type { JsonObject } from '../json.ts'
import { mrkdwnNodes } from './mrkdwn.ts'
import type { Reader } from './names.ts'

/** The older form of blocks, as integrations post it: a bar of its colour, title, text, fields and a footer (Slack: "Secondary message attachments"). */
export function attachmentNodes(attachments: readonly JsonObject[], reader: Reader): ReactNode {
  return attachments.map((one, key) => attachment(one, key, reader))
}

function attachment(one: JsonObject, key: number, reader: Reader): ReactNode {
  const colour = /^#?(?<hex>[0-9a-f]{6})$/iu.exec(textAt(one, 'color'))?.groups?.['hex']
  const title = textAt(one, 'title')
  const link = textAt(one, 'title_link')
  const footer = textAt(one, 'footer')
  return h(
    'div',
    { key, className: 'sk-attachment', style: { borderColor: colour ? `#${colour}` : undefined } },
    part(textAt(one, 'pretext'), reader),
    title === '' ? null : h('p', { className: 'sk-attachment-title' }, titleNode(title, link)),
    part(textAt(one, 'text'), reader),
    fieldNodes(one, reader),
    footer === '' ? null : h('p', { className: 'sk-attachment-footer' }, footer),
  )
}

function titleNode(title: string, link: string): ReactNode {
  return /^https?:\/\//u.test(link) ? h('a', { href: link, rel: 'noreferrer', target: '_blank' }, title) : title
}

function part(text: string, reader: Reader): ReactNode {
  return text === '' ? null : h('div', { className: 'sk-text' }, mrkdwnNodes(text, reader))
}

function fieldNodes(one: JsonObject, reader: Reader): ReactNode {
  const fields = one['fields']
  if (!isList(fields) || fields.length === 0) return null
  const rows = fields
    .filter(isObject)
    .map((field, key) =>
      h('div', { key }, h('strong', null, textAt(field, 'title')), part(textAt(field, 'value'), reader)),
    )
  return h('div', { className: 'sk-attachment-fields' }, rows)
}
