import type { KnownBlock } from '@slack/types'
import type { NotHeld, Past, UndoneChange } from '../../history/past.ts'
import { mrkdwn } from '../escape.ts'
import { thing, wordsOf } from './action-words.ts'
import { small } from './rich.ts'
import { spanWords } from './span-words.ts'
import { dayToken } from './when.ts'

const ordinals = ['', 'First', 'Second', 'Third', 'Fourth', 'Fifth', 'Sixth', 'Seventh', 'Eighth', 'Ninth', 'Tenth']

/** One line for the summary, in mrkdwn: "*Third time in 7 days on web-3.* Last fix: restart of shop-api.service, lasted 4 h." */
export function pastInShort(past: Past, host: string): string {
  const again = past.count > 1 ? `*${timesWords(past, host)}.*` : null
  const gone = past.undone === null ? null : undoneInShort(past.undone)
  const advice = past.notHeld === null ? null : '*It did not hold before: look for the cause first.*'
  return [again, fixWords(past, host), advice, gone].filter((part) => part !== null).join(' ')
}

/** For the thread: when it was before, what helped and for how long, and a change that is gone again. */
export function pastBlocks(past: Past, host: string): readonly KnownBlock[] {
  const before = past.earlier.length === 0 ? '' : ` Before: ${past.earlier.map(dayToken).join(', ')}.`
  const again = past.count > 1 ? `*${timesWords(past, host)}.*${before}` : null
  const lines = [[again, fixWords(past, host)].filter((part) => part !== null).join(' '), undoneWords(past)]
  return lines.filter((line) => line !== '').map(small)
}

function timesWords({ count, days }: Past, host: string): string {
  return `${againWords(count, days)} on ${mrkdwn(host, 60)}`
}

/** "Third time in 7 days". */
export function againWords(count: number, days: number): string {
  const ordinal = ordinals[count]
  return `${ordinal === undefined ? `${count} times, this one with them,` : `${ordinal} time`} in ${days} days`
}

function fixWords({ lastFix, count }: Past, host: string): string | null {
  if (lastFix === null) return count > 1 ? 'Nothing that was done from here has cured it before.' : null
  const { action, target, lastedMs } = lastFix
  const where = lastFix.host === host ? '' : ` on ${mrkdwn(lastFix.host, 60)}`
  return `Last fix: ${wordsOf(action).noun} of ${mrkdwn(thing(action, target), 100)}${where}, lasted ${spanWords(lastedMs)}.`
}

/** "The change of 12 Nov is gone again: /etc/nginx/conf.d/shop.conf is written by Ansible." */
function undoneInShort({ file, seenAt, writtenBy }: UndoneChange): string {
  const why = writtenBy === null ? 'has the old lines back' : authorWords(writtenBy)
  return `The change of ${dayToken(seenAt)} is gone again: ${mrkdwn(file, 200)} ${why}.`
}

function undoneWords({ undone }: Past): string {
  if (undone === null) return ''
  const { askedAt, writtenBy } = undone
  const there =
    writtenBy === null ? 'Find out who writes the file, and make the change there.' : 'Make the change there.'
  return `*Undone:* ${undoneInShort(undone)} The diagnosis of ${dayToken(askedAt)} asked for it. ${there}`
}

function authorWords(writtenBy: string): string {
  return writtenBy === 'git' ? 'is kept in git' : `is written by ${mrkdwn(writtenBy, 60)}`
}

/** Why the offered action is not the way on: "Restarted twice in 7 days; it was back after 4 h and 3 h. Look for the cause first." */
export function notHeldWords({ action, lastedMs, days }: Pick<NotHeld, 'action' | 'lastedMs' | 'days'>): string {
  const done = action.startsWith('restart-') ? 'Restarted' : 'Started'
  const times = lastedMs.length === 2 ? 'twice' : `${lastedMs.length} times`
  return `${done} ${times} in ${days} days, and it was back ${backWords(lastedMs)}: look for the cause first.`
}

/** "after 4 h each time", "after 3 h and 5 h", "at once and after 4 h". */
function backWords(lastedMs: readonly number[]): string {
  const useless = lastedMs.filter((ms) => ms < 1000).length
  const spans = lastedMs.filter((ms) => ms >= 1000).map(spanWords)
  const once =
    useless === 0 ? [] : [useless === 1 ? 'at once' : `at once ${useless === 2 ? 'twice' : `${useless} times`}`]
  if (spans.length === 0) return 'at once each time'
  if (useless === 0 && new Set(spans).size === 1) return `after ${spans[0] ?? ''} each time`
  return [...once, `after ${joined(spans)}`].join(' and ')
}

function joined(parts: readonly string[]): string {
  return parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`
}
