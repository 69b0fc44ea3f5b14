import { causes } from '../diagnosis/cause.ts'
import type { Outline } from '../history/outline.ts'
import type { OutlineAction, OutlineRow } from '../history/outline-row.ts'
import { inertLine } from './inert.ts'
import type { Terminal } from './paint.ts'
import { block } from './wrap.ts'

export interface HistoryHead {
  /** As it was asked for. */
  readonly of: string
  readonly days: number
  /** Entries that neither bot nor worker wrote. */
  readonly left: number
}

const mostListed = 100

/** What was wrong, newest first, with what was done; how often each cause was there comes first. */
export function historyText(
  { rows, counts, healthy }: Outline,
  { of, days, left }: HistoryHead,
  { paint, width }: Terminal,
): string {
  const line = (text: string, indent = ''): string => block(inertLine(text), width, indent, `${indent}  `)
  const more = rows.length - mostListed
  return [
    paint('bold', line(`${of}: the last ${days === 1 ? 'day' : `${days} days`}`)),
    ...counts.map(({ cause, count }) => line(`${count} x ${cause} (${causes[cause].title})`)),
    ...(rows.length === 0 ? [line('Nothing was wrong, by what is remembered.')] : []),
    ...(healthy > 0 ? [line(`${healthy} x looked at and nothing failing`)] : []),
    ...rows
      .slice(0, mostListed)
      .flatMap((row) => ['', line(rowWords(row)), ...doneWords(row).map((done) => line(done, '  '))]),
    ...(more > 0 ? [line(`and ${more} more (--json has all)`)] : []),
    ...(left > 0 ? [line(`${left} that neither bot nor worker has signed left out.`)] : []),
    '',
  ].join('\n')
}

function rowWords({ host, from, lastSeen, looks, cause, what }: OutlineRow): string {
  const about = cause === null ? (what ?? '') : `${cause}${what === null ? '' : ` (${what})`}`
  const until = looks === 1 ? '' : `, looked at ${looks} times until ${utc(lastSeen)}`
  return `${utc(from)} ${host}: ${about}${until}`
}

function doneWords({ actions, feedback, wellAt }: OutlineRow): readonly string[] {
  const well = actions.length === 0 && wellAt !== null ? [`well again by ${utc(wellAt)}`] : []
  return [
    ...well,
    ...actions.map(actionWords),
    ...feedback.map(({ by, said, cause }) => `${by} said: ${cause ?? said}`),
  ]
}

function actionWords({ kept, heldMs }: OutlineAction): string {
  const hours = heldMs === null ? '' : `, for ${Math.round(heldMs / 360_000) / 10} h`
  const ended = kept.outcome === 'resolved' ? `helped${hours}` : 'did not help'
  return `${kept.action} ${kept.target}${kept.by.length === 0 ? '' : ` by ${kept.by.join(' and ')}`}: ${ended}`
}

function utc(iso: string): string {
  return `${iso.slice(0, 16).replace('T', ' ')} UTC`
}
