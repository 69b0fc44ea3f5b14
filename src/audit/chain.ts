import { createHash } from 'node:crypto'
import type { AuditEntry, AuditLine } from './record.ts'

/** `previous` of the first line. */
export const genesis = '0'.repeat(64)

export interface ChainHead {
  readonly seq: number
  readonly hash: string
}

/** The next line of the chain. Its hash covers the text of the other fields exactly as they stand in the file. */
export function link(head: ChainHead, entry: AuditEntry): { readonly line: AuditLine; readonly text: string } {
  const body = { seq: head.seq + 1, previous: head.hash, ...entry }
  const hash = sha256(JSON.stringify(body))
  const line: AuditLine = { ...body, hash }
  return { line, text: `${JSON.stringify(line)}\n` }
}

export type Verified =
  | { readonly ok: true; readonly lines: number; readonly head: ChainHead }
  /** `line` counts from 1. */
  | { readonly ok: false; readonly line: number; readonly reason: string; readonly head: ChainHead }

/** Checks every link of a file's text; the first that does not hold is named. */
export function verifyText(text: string): Verified {
  let head: ChainHead = { seq: 0, hash: genesis }
  if (text === '') return { ok: true, lines: 0, head }
  const lines = text.split('\n')
  if (lines.pop() !== '') return { ok: false, line: lines.length + 1, reason: 'the last line is cut off', head }

  for (const [index, line] of lines.entries()) {
    const next = nextHead(head, line)
    if (typeof next === 'string') return { ok: false, line: index + 1, reason: next, head }
    head = next
  }
  return { ok: true, lines: lines.length, head }
}

/** The head after this line, or why it does not belong here. */
function nextHead(head: ChainHead, text: string): ChainHead | string {
  const match = /^(?<body>.*),"hash":"(?<hash>[0-9a-f]{64})"\}$/.exec(text)?.groups
  if (!match) return 'it is not a line of this record'
  if (sha256(`${match['body']}}`) !== match['hash']) return 'it was changed: its hash does not fit its text'
  const place = /^\{"seq":(?<seq>\d+),"previous":"(?<previous>[0-9a-f]{64})",/.exec(text)?.groups
  if (!place || Number(place['seq']) !== head.seq + 1)
    return `a line is missing or added before it: not number ${head.seq + 1}`
  if (place['previous'] !== head.hash) return 'it does not follow the line before it'
  return { seq: head.seq + 1, hash: match['hash'] ?? '' }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
