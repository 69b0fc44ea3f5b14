import { createElement as h } from 'react'
import type { ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'

import { textAt } from '../json.ts'
import type { JsonObject } from '../json.ts'
import type { Message } from '../model.ts'
import { slackbot } from '../slackbot.ts'
import { attachmentNodes } from './attachments.ts'
import { blockHtml } from './block.ts'
import { mrkdwnNodes } from './mrkdwn.ts'
import { dateNode } from './mrkdwn-tokens.ts'
import { initialsOf, mentions, nameOf } from './names.ts'
import type { Reader } from './names.ts'
import { emojiNode } from './signs.ts'

/** As manifest.yml has them. */
const messageShortcuts = [{ callbackId: 'diagnose_alert', name: 'Diagnose this alert' }] as const

export interface MessagePlace {
  /** The message before it in the same list, for leaving out the head of a run. */
  readonly before: Message | undefined
  /** Within the thread panel no footer leads to the thread. */
  readonly inThread: boolean
}

/** HTML of one message as this reader sees it; every text in it is inert. */
export function messageHtml(message: Message, place: MessagePlace, reader: Reader): string {
  const compact = continuesRun(message, place.before)
  const classes = ['sk-message']
  if (compact) classes.push('sk-compact')
  if (message.ephemeralTo) classes.push('sk-ephemeral')
  if (mentions(reader.workspace, message.text, reader.userId)) classes.push('sk-calls-me')

  return renderToStaticMarkup(
    h(
      'article',
      {
        className: classes.join(' '),
        'data-ts': message.ts,
        'aria-label': `Message of ${nameOf(reader.workspace, message.user)}`,
      },
      compact ? h('div', { className: 'sk-gutter' }, time(message, '{time}')) : avatar(message.user, reader),
      h(
        'div',
        { className: 'sk-content' },
        compact ? null : head(message, reader),
        message.ephemeralTo ? h('p', { className: 'sk-only-you' }, emojiNode('eyes'), ' Only visible to you') : null,
        body(message, reader),
        files(message),
        reactions(message, reader),
        shortcuts(message, reader),
        place.inThread ? null : threadFooter(message, reader),
      ),
    ),
  )
}

function continuesRun(message: Message, before: Message | undefined): boolean {
  if (!before || before.user !== message.user || before.ephemeralTo !== message.ephemeralTo) return false
  return Number(message.ts) - Number(before.ts) < 300
}

export function avatar(userId: string, { workspace }: Reader): ReactNode {
  const isOwn = userId === workspace.bot.id
  const kind = isOwn ? 'bot' : userId === slackbot.id ? 'slackbot' : userId.slice(-1)
  // The bot's picture is the style sheet's: React would put a preload link before an image.
  const sign = isOwn ? '' : userId === slackbot.id ? '#' : initialsOf(nameOf(workspace, userId))
  return h('div', { className: `sk-avatar sk-avatar-${kind}`, 'aria-hidden': true }, sign)
}

function time(message: Message, format: string): ReactNode {
  const seconds = Math.floor(Number(message.ts))
  const utc = `${new Date(seconds * 1000).toISOString().slice(11, 16)} UTC`
  return h('span', { className: 'sk-time' }, dateNode(seconds, format, utc))
}

function head(message: Message, { workspace }: Reader): ReactNode {
  const isApp = message.user === workspace.bot.id || workspace.integration(message.user) !== undefined
  return h(
    'header',
    { className: 'sk-head' },
    h('span', { className: 'sk-author' }, nameOf(workspace, message.user)),
    isApp ? h('span', { className: 'sk-app' }, 'APP') : null,
    time(message, '{time}'),
  )
}

function body(message: Message, reader: Reader): ReactNode {
  const html = message.blocks.map((block) => blockHtml(block, reader)).join('')
  const edited = message.edited ? h('span', { className: 'sk-edited' }, '(edited)') : null
  // The blocks' HTML comes from React's own escaping, block by block.
  if (html)
    return h('div', null, h('div', { className: 'sk-blocks', dangerouslySetInnerHTML: { __html: html } }), edited)
  const attached = attachmentNodes(message.attachments ?? [], reader)
  if (message.text === '' && message.attachments) return h('div', null, attached, edited)
  return h('div', { className: 'sk-text' }, mrkdwnNodes(message.text, reader), attached, edited)
}

function files(message: Message): ReactNode {
  if (message.files.length === 0) return null
  return h('div', { className: 'sk-files' }, message.files.map(file))
}

function file(one: JsonObject, key: number): ReactNode {
  return h(
    'details',
    { key, className: 'sk-file' },
    h('summary', null, emojiNode('memo'), ` ${textAt(one, 'title')} (${textAt(one, 'size')} bytes)`),
    h(
      'a',
      { href: `/file/${encodeURIComponent(textAt(one, 'id'))}`, target: '_blank', rel: 'noreferrer' },
      `Open ${textAt(one, 'name')}`,
    ),
    h('pre', { className: 'sk-pre' }, textAt(one, 'preview')),
  )
}

function reactions(message: Message, { workspace }: Reader): ReactNode {
  if (message.reactions.length === 0) return null
  const pills = message.reactions.map((one) =>
    h(
      'span',
      { key: one.name, className: 'sk-reaction', title: one.users.map((user) => nameOf(workspace, user)).join(', ') },
      emojiNode(one.name),
      ` ${one.users.length}`,
    ),
  )
  return h('div', { className: 'sk-reactions' }, pills)
}

/** What stands in the menu of a message of somebody else: the shortcuts of the app. */
function shortcuts(message: Message, { workspace }: Reader): ReactNode {
  if (message.ephemeralTo || message.user === workspace.bot.id || message.user === slackbot.id) return null
  return messageShortcuts.map(({ callbackId, name }) =>
    h('button', { key: callbackId, type: 'button', className: 'sk-shortcut', 'data-shortcut': callbackId }, name),
  )
}

function threadFooter(message: Message, reader: Reader): ReactNode {
  if (message.threadTs && message.threadTs !== message.ts) return null
  const replies = reader.workspace.thread(message.channel, message.ts).filter((one) => one.ts !== message.ts)
  const last = replies.at(-1)
  if (!last) {
    if (message.ephemeralTo) return null
    return h('button', { type: 'button', className: 'sk-reply', 'data-thread': message.ts }, 'Reply in thread')
  }
  const faces = [...new Set(replies.map((reply) => reply.user))].slice(0, 4)
  return h(
    'button',
    { type: 'button', className: 'sk-thread', 'data-thread': message.ts },
    h(
      'span',
      { className: 'sk-faces' },
      faces.map((user) => h('span', { key: user }, avatar(user, reader))),
    ),
    h('span', { className: 'sk-replies' }, replies.length === 1 ? '1 reply' : `${replies.length} replies`),
    h('span', { className: 'sk-last' }, 'Last reply ', time(last, '{time}')),
  )
}
