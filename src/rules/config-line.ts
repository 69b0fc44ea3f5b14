import { createTwoFilesPatch } from 'diff'
import type { ConfigOnDisk } from '../probes/nginx-config.ts'

/** A unified diff that replaces `from` by `to` in one line of a configuration file; null when the line does not hold it. */
export function replaceInLine(
  config: ConfigOnDisk,
  file: string,
  line: number,
  from: string,
  to: string,
): string | null {
  const text = config.files.get(file)
  const lines = text?.split('\n')
  const old = lines?.[line - 1]
  if (!text || !lines || old === undefined || !old.includes(from)) return null
  return diffOf(file, text, lines.with(line - 1, old.replace(from, to)).join('\n'))
}

/**
 * A unified diff that puts another address of a backend in place of the one in a line. A path behind it has a colon before it where the address
 * is a socket, and none where it is TCP (reference of proxy_pass).
 */
export function replaceAddress(
  config: ConfigOnDisk,
  file: string,
  line: number,
  from: string,
  to: string,
): string | null {
  const text = config.files.get(file)
  const lines = text?.split('\n')
  const old = lines?.[line - 1]
  const at = old === undefined ? -1 : wordAt(old, from)
  if (!text || !lines || old === undefined || at < 0) return null
  const [before, behind] = [old.slice(0, at), old.slice(at + from.length)]
  const path = /^:?(?=\/)/.exec(behind)
  const rest = path ? (to.startsWith('unix:') ? ':' : '') + behind.slice(path[0].length) : behind
  return diffOf(file, text, lines.with(line - 1, before + to + rest).join('\n'))
}

/** Where a text stands that is no part of a longer name or number: "127.0.0.1:80" is not in "127.0.0.1:8080". */
function wordAt(text: string, word: string): number {
  const isPart = (at: number): boolean =>
    /[\w.-]$/.test(text.slice(0, at)) || /^[\w.-]/.test(text.slice(at + word.length))
  const all = Array.from({ length: text.length }, (_, at) => at).filter((at) => text.startsWith(word, at))
  return word === '' ? -1 : (all.find((at) => !isPart(at)) ?? -1)
}

/** A unified diff that adds lines behind one line, indented like it. */
export function insertAfterLine(
  config: ConfigOnDisk,
  file: string,
  line: number,
  added: readonly string[],
): string | null {
  const text = config.files.get(file)
  const lines = text?.split('\n')
  const anchor = lines?.[line - 1]
  if (!text || !lines || anchor === undefined) return null
  const indent = /^\s*/.exec(anchor)?.[0] ?? ''
  return diffOf(file, text, lines.toSpliced(line, 0, ...added.map((each) => indent + each)).join('\n'))
}

/** A unified diff that takes one line away; null when there is no such line, or when it opens or closes a block. */
export function removeLine(config: ConfigOnDisk, file: string, line: number): string | null {
  const text = config.files.get(file)
  const lines = text?.split('\n')
  const old = lines?.[line - 1]
  if (!text || !lines || old === undefined || /[{}]/.test(old.replace(/"[^"]*"|'[^']*'/g, ''))) return null
  return diffOf(file, text, lines.toSpliced(line - 1, 1).join('\n'))
}

/** One line of a file that is replaced by others; `number` counts from 1. */
export interface LineChange {
  readonly number: number
  readonly by: readonly string[]
}

/** A unified diff of several lines of one file; null when one of them is not there. */
export function changeLines(config: ConfigOnDisk, file: string, changes: readonly LineChange[]): string | null {
  const text = config.files.get(file)
  const lines = text?.split('\n')
  if (!text || !lines || changes.some(({ number }) => lines[number - 1] === undefined)) return null
  const after = lines.flatMap((line, index) => changes.find(({ number }) => number === index + 1)?.by ?? [line])
  return diffOf(file, text, after.join('\n'))
}

function diffOf(file: string, before: string, after: string): string {
  const patch = createTwoFilesPatch(`a${file}`, `b${file}`, before, after, undefined, undefined, { context: 2 })
  return patch.slice(patch.indexOf('---')).replace(/\n$/, '')
}

/** The line itself, as evidence: "/etc/nginx/conf.d/shop.conf:12: proxy_pass http://127.0.0.1:8080;" */
export function lineText(config: ConfigOnDisk, file: string, line: number): string {
  return `${file}:${line}: ${(config.files.get(file)?.split('\n')[line - 1] ?? '').trim()}`
}
