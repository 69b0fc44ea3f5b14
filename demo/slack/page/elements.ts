import { createElement as h } from 'react'
import type { ReactNode } from 'react'

import { buttonLabel } from '../buttons.ts'
import { isObject, objectAt, textAt } from '../json.ts'
import type { Json } from '../json.ts'
import { mrkdwnNodes, plainNodes } from './mrkdwn.ts'
import type { Reader } from './names.ts'

/** A text object of either kind. */
export function textNodes(text: Json | undefined, reader: Reader): readonly ReactNode[] {
  const value = textAt(text, 'text')
  if (textAt(text, 'type') === 'mrkdwn') return mrkdwnNodes(value, reader)
  return plainNodes(value, !isObject(text) || text['emoji'] !== false)
}

/** The client finds the button's confirm dialog by block and action; nothing else of it is in the page. */
export function buttonNode(button: Json, blockId: string, key: number): ReactNode {
  const style = textAt(button, 'style')
  const label = textAt(button, 'accessibility_label')
  const name = isObject(button) ? buttonLabel(button) : ''
  return h(
    'button',
    {
      key,
      type: 'button',
      className: `sk-button ${style ? `sk-button-${style}` : ''}`.trim(),
      'data-action': textAt(button, 'action_id') || name,
      'data-block': blockId,
      ...(label ? { 'aria-label': label } : {}),
    },
    plainNodes(name, true),
  )
}

/** Buttons and images as they are; menus and pickers as a field that says what it is, since nothing here sends them. */
export function elementNode(element: Json, blockId: string, key: number): ReactNode {
  const type = textAt(element, 'type')
  if (type === 'button') return buttonNode(element, blockId, key)
  if (type === 'image') return imageNode(element, key)
  const shown = textAt(objectAt(element, 'placeholder'), 'text') || type.replaceAll('_', ' ')
  return h('span', { key, className: 'sk-field' }, shown)
}

/** Pictures from elsewhere are not fetched (the page uses nothing from outside): their text stands for them. */
export function imageNode(image: Json, key: number): ReactNode {
  const url = textAt(image, 'image_url')
  const alt = textAt(image, 'alt_text')
  if (url.startsWith('data:image/')) return h('img', { key, className: 'sk-image', src: url, alt })
  return h('span', { key, className: 'sk-image-alt', role: 'img', 'aria-label': alt }, `[image] ${alt}`)
}
