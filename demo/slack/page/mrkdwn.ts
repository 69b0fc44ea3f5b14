import { createElement as h, Fragment } from 'react'
import type { ReactNode } from 'react'

import { angleToken } from './mrkdwn-tokens.ts'
import type { Reader } from './names.ts'
import { drawnText, emojiNode } from './signs.ts'

/** Slack's own escapes and nothing else; React escapes the result again on its way into HTML. */
export function unescape(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
}

/**
 * Inline marks: code, an angle token, bold, italic, strike, emoji. A mark counts only at the edge of a word, so that
 * `a*b*c` and snake_case_names stay what they are.
 */
const inline =
  /`(?<code>[^`\n]+)`|<(?<angle>[^<>\n]+)>|(?<![\w*])\*(?<bold>[^\s*](?:[^*\n]*[^\s*])?)\*(?![\w*])|(?<!\w)_(?<italic>[^\s_](?:[^_\n]*[^\s_])?)_(?!\w)|(?<![\w~])~(?<strike>[^\s~](?:[^~\n]*[^\s~])?)~(?![\w~])|:(?<emoji>[a-z0-9_+-]+):/gu

export function inlineNodes(text: string, reader: Reader): readonly ReactNode[] {
  const nodes: ReactNode[] = []
  let from = 0
  for (const match of text.matchAll(inline)) {
    if (match.index > from)
      nodes.push(h(Fragment, { key: `t${from}` }, drawnText(unescape(text.slice(from, match.index)))))
    nodes.push(h(Fragment, { key: match.index }, inlineNode(match[0], match.groups ?? {}, reader)))
    from = match.index + match[0].length
  }
  if (from < text.length) nodes.push(h(Fragment, { key: `t${from}` }, drawnText(unescape(text.slice(from)))))
  return nodes
}

function inlineNode(whole: string, marks: Readonly<Record<string, string | undefined>>, reader: Reader): ReactNode {
  const { code, angle, bold, italic, strike, emoji: name } = marks as Marks
  if (code) return h('code', { className: 'sk-code' }, unescape(code))
  if (angle) return angleToken(angle, reader)
  if (bold) return h('strong', null, inlineNodes(bold, reader))
  if (italic) return h('em', null, inlineNodes(italic, reader))
  if (strike) return h('del', null, inlineNodes(strike, reader))
  return name ? emojiNode(name) : unescape(whole)
}

interface Marks {
  readonly code?: string
  readonly angle?: string
  readonly bold?: string
  readonly italic?: string
  readonly strike?: string
  readonly emoji?: string
}

/** Text of Slack's mrkdwn: code fences first, then quotes and paragraphs line by line. */
export function mrkdwnNodes(text: string, reader: Reader): readonly ReactNode[] {
  return text.split('```').flatMap((part, index) => {
    if (index % 2 === 1)
      return [h('pre', { key: `f${index}`, className: 'sk-pre' }, unescape(part.replace(/^\n/u, '')))]
    return part.trim() ? lineNodes(part.replace(/^\n|\n$/gu, ''), reader, index) : []
  })
}

const quoteMark = /^(?:&gt;|>) ?/u

function lineNodes(text: string, reader: Reader, key: number): readonly ReactNode[] {
  const groups: { quoted: boolean; lines: string[] }[] = []
  for (const line of text.split('\n')) {
    const quoted = quoteMark.test(line)
    const last = groups.at(-1)
    if (last?.quoted === quoted) last.lines.push(line.replace(quoteMark, ''))
    else groups.push({ quoted, lines: [quoted ? line.replace(quoteMark, '') : line] })
  }
  return groups.map(({ quoted, lines }, index) => {
    const nodes = inlineNodes(lines.join('\n'), reader)
    return quoted
      ? h('blockquote', { key: `${key}-${index}`, className: 'sk-quote' }, nodes)
      : h('span', { key: `${key}-${index}`, className: 'sk-lines' }, nodes)
  })
}

/** plain_text: no marks, emoji unless switched off. */
export function plainNodes(text: string, withEmoji: boolean): readonly ReactNode[] {
  if (!withEmoji) return [drawnText(unescape(text))]
  return text
    .split(/:(?<name>[a-z0-9_+-]+):/gu)
    .map((part, index) => h(Fragment, { key: index }, index % 2 === 1 ? emojiNode(part) : drawnText(unescape(part))))
}
