import type { HistoryOf } from '../../../commands/command.ts'
import { causes } from '../../diagnosis/cause.ts'
import type { FeedbackKept } from '../../history/entry.ts'
import type { OutlineAction, OutlineRow } from '../../history/outline-row.ts'
import type { HistoryOutline } from '../../jobs/history-outline.ts'
import { mrkdwn } from '../escape.ts'
import { thing, wordsOf } from './action-words.ts'
import { asSentence } from './as-sentence.ts'
import { fit } from './fit.ts'
import type { Message } from './message.ts'
import { rich, sentence, small, strong, words } from './rich.ts'
import { spanWords } from './span-words.ts'
import { dayToken } from './when.ts'

export interface ShownHistory {
  readonly of: HistoryOf
  /** How far back. */
  readonly seconds: number
  readonly outline: HistoryOutline
  /** Slack id -> what people call them. */
  readonly names: ReadonlyMap<string, string>
}

/** More are counted. */
export const rowsShown = 20
const causesShown = 8
/** Characters; a text of Slack takes 3000. */
const longestRow = 1500

/** What was wrong, newest first, with what was done and how long it held; how often each cause was there comes first. */
export function historyMessage({ of, seconds, outline, names }: ShownHistory): Message {
  const { rows, left, more, judged } = outline
  const title = `${nameOf(of)}: the last ${lookBack(seconds)}`
  const counts = countsOf(outline)
  const shown = rows.slice(0, rowsShown)
  const further = rows.length - shown.length
  const single = of.kind === 'host'
  return fit({
    text: mrkdwn(`${title}: ${counts}`, 300),
    blocks: [
      rich(sentence(strong(title, 150))),
      rich(sentence(words(asSentence(counts), 600))),
      ...shown.map((row) => small(rowWords(row, single, names))),
      ...(further > 0 ? [small(`${further} more, older ones. A shorter time or one host shows fewer.`)] : []),
      ...(more ? [small('There was more than I read at once: what is older is not counted here.')] : []),
      ...(judged === undefined ? [] : [small(`${asSentence(judged)} \`gatemedic stats\` says more.`)]),
      ...(left > 0
        ? [small(`${left === 1 ? '1 entry was' : `${left} entries were`} left out: not written by this installation.`)]
        : []),
    ],
  })
}

function nameOf(of: HistoryOf): string {
  if (of.kind === 'host') return of.host
  if (of.kind === 'group') return of.group
  return of.kind === 'cause' ? `${of.cause} (${causes[of.cause].title}) on all hosts` : 'All hosts'
}

function lookBack(seconds: number): string {
  const days = seconds / 86_400
  return seconds < 2 * 86_400 ? `${Math.round(seconds / 3600)} h` : `${Math.round(days)} days`
}

function countsOf({ counts, rows, healthy }: HistoryOutline): string {
  const untold = rows.filter(({ cause }) => cause === null).length
  const named = counts.slice(0, causesShown).map(({ cause, count }) => `${causes[cause].title}: ${count}`)
  const rest = counts.slice(causesShown).reduce((sum, { count }) => sum + count, 0)
  const parts = [
    ...named,
    ...(rest > 0 ? [`other causes: ${rest}`] : []),
    ...(untold > 0 ? [`without a cause: ${untold}`] : []),
    ...(healthy > 0 ? [`looked at and nothing failing: ${healthy}`] : []),
  ]
  return parts.length === 0 ? 'nothing is remembered of it' : parts.join(', ')
}

function rowWords(row: OutlineRow, single: boolean, names: ReadonlyMap<string, string>): string {
  const { host, from, lastSeen, looks, cause, what, by, wellAt } = row
  const about = cause === null ? mrkdwn(what ?? '', 160) : aboutCause(causes[cause].title, what)
  const seen = looks === 1 ? null : `looked at ${looks} times until ${dayToken(lastSeen)}`
  const asked = by === 'user' ? null : by === 'alert' ? 'by an alert' : 'by a schedule'
  const parts = [
    dayToken(from),
    single ? null : `*${mrkdwn(host, 60)}*`,
    about,
    seen,
    asked,
    // Without an action from here somebody else has mended it, or it went by itself.
    row.actions.length === 0 && wellAt !== null ? `well again by ${dayToken(wellAt)}` : null,
    ...row.actions.slice(-3).map((action) => actionWords(action, host, names)),
    ...row.feedback.slice(0, 2).map((each) => feedbackWords(each, names)),
  ]
  return joined(parts.filter((part) => part !== null))
}

/** Whole parts only: a cut could fall into the middle of a date or an escaped sign. */
function joined(parts: readonly string[]): string {
  let length = 0
  const kept = parts.filter((part) => (length += part.length + 3) <= longestRow)
  return `${kept.join(' · ')}${kept.length < parts.length ? ' · …' : ''}`
}

function aboutCause(title: string, what: string | null): string {
  return what === null ? `*${mrkdwn(title, 100)}*` : `*${mrkdwn(title, 100)}* (${mrkdwn(what, 100)})`
}

function actionWords({ kept, heldMs }: OutlineAction, host: string, names: ReadonlyMap<string, string>): string {
  const who = kept.by.at(-1)
  const by = who === undefined ? '' : ` by ${mrkdwn(names.get(who) ?? who, 60)}`
  const where = kept.host === host ? '' : ` on ${mrkdwn(kept.host, 60)}`
  const ended =
    kept.outcome !== 'resolved' ? 'did not help' : heldMs === null ? 'helped' : `helped, for ${spanWords(heldMs)}`
  return `${wordsOf(kept.action).noun} of ${mrkdwn(thing(kept.action, kept.target), 100)}${where}${by}: ${ended}`
}

function feedbackWords({ said, by, cause }: FeedbackKept, names: ReadonlyMap<string, string>): string {
  const what =
    said === 'something-else' && cause !== undefined ? `it was ${causes[cause].title}` : said.replace('-', ' ')
  return `${mrkdwn(names.get(by) ?? by, 60)} said: ${mrkdwn(what, 120)}`
}
