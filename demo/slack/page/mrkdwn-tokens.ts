import { createElement as h } from 'react'
import type { ReactNode } from 'react'

import { groupHandle, handleOf } from './names.ts'
import type { Reader } from './names.ts'

/** What stands between `<` and `>`: a person, channel, group, date or link. Anything else is shown as it is written. */
export function angleToken(token: string, reader: Reader): ReactNode {
  const [target, label] = split(token)
  if (target.startsWith('@')) return userNode(target.slice(1), reader)
  if (target.startsWith('#')) return channelNode(target.slice(1), reader)
  if (target.startsWith('!')) return specialNode(target.slice(1), label, reader)
  return linkNode(target, label) ?? `<${token}>`
}

function split(token: string): readonly [string, string | undefined] {
  const at = token.indexOf('|')
  return at < 0 ? [token, undefined] : [token.slice(0, at), token.slice(at + 1)]
}

export function userNode(userId: string, { workspace, userId: me }: Reader): ReactNode {
  const className = userId === me ? 'sk-mention sk-mention-me' : 'sk-mention'
  return h('span', { className }, `@${handleOf(workspace, userId)}`)
}

export function channelNode(channelId: string, { workspace }: Reader): ReactNode {
  return h('span', { className: 'sk-mention' }, `#${workspace.channel(channelId)?.name ?? channelId}`)
}

export function groupNode(groupId: string, { workspace, userId }: Reader): ReactNode {
  const isMine = workspace.groups().some((group) => group.id === groupId && group.members.includes(userId))
  return h(
    'span',
    { className: isMine ? 'sk-mention sk-mention-me' : 'sk-mention' },
    `@${groupHandle(workspace, groupId)}`,
  )
}

function specialNode(command: string, label: string | undefined, reader: Reader): ReactNode {
  const [name = '', first = '', second = ''] = command.split('^')
  if (name === 'date') return dateNode(Number(first), second, label ?? first)
  if (name === 'subteam') return groupNode(first, reader)
  if (['channel', 'here', 'everyone'].includes(name))
    return h('span', { className: 'sk-mention sk-mention-me' }, `@${name}`)
  return `<!${command}>`
}

/** The browser fills in the reader's own zone; until then the fallback stands, as in Slack's notifications. */
export function dateNode(seconds: number, format: string, fallback: string): ReactNode {
  if (!Number.isFinite(seconds) || Math.abs(seconds) > 8e12) return fallback
  const dateTime = new Date(seconds * 1000).toISOString()
  return h('time', { dateTime, 'data-format': format, title: fallback }, fallback)
}

/** Only the web and mail become links; a javascript: address stays text. */
export function linkNode(url: string, label: string | undefined): ReactNode | undefined {
  if (!/^(?:https?:\/\/|mailto:)/iu.test(url)) return undefined
  const href = url.replaceAll('&amp;', '&')
  const shown = (label ?? url).replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
  return h('a', { href, rel: 'noreferrer noopener', target: '_blank' }, shown)
}
