import { createElement as h } from 'react'
import type { ReactNode } from 'react'

import { isObject, listAt, textAt } from '../json.ts'
import type { Json } from '../json.ts'
import type { Reader } from './names.ts'
import { richTextNodes } from './rich-text.ts'

const signs: Readonly<Record<string, string>> = { pending: '○', in_progress: '', complete: '✓', error: '!' }
const words: Readonly<Record<string, string>> = {
  pending: 'waiting',
  in_progress: 'under way',
  complete: 'done',
  error: 'failed',
}

/** One task with its state; the state is also said in words for those who do not see the sign. */
export function taskNode(task: Json, reader: Reader, key: number): ReactNode {
  const status = textAt(task, 'status') || 'pending'
  const details = isObject(task) ? task['details'] : undefined
  const output = isObject(task) ? task['output'] : undefined
  return h(
    'li',
    { key, className: `sk-task sk-task-${status}` },
    h('span', { className: 'sk-task-sign', role: 'img', 'aria-label': words[status] ?? status }, signs[status] ?? ''),
    h(
      'div',
      { className: 'sk-task-body' },
      h('span', { className: 'sk-task-title' }, textAt(task, 'title')),
      details ? h('div', { className: 'sk-task-more' }, richTextNodes(details, reader)) : null,
      output ? h('div', { className: 'sk-task-more' }, richTextNodes(output, reader)) : null,
    ),
  )
}

export function planNode(plan: Json, reader: Reader): ReactNode {
  const tasks = listAt(plan, 'tasks').map((task, index) => taskNode(task, reader, index))
  return h(
    'section',
    { className: 'sk-plan' },
    h('h4', { className: 'sk-plan-title' }, textAt(plan, 'title')),
    h('ul', { className: 'sk-tasks' }, tasks),
  )
}
