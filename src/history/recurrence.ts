import type { ActionKept, DiagnosisKept, HistoryEntry } from './entry.ts'
import { historyOfTrouble, type Outbreak, type TroubleHistory } from './outbreaks.ts'
import type { LastFix, NotHeld, Past } from './past.ts'
import { thingOf } from './same-trouble.ts'

const dayMs = 24 * 3600_000

/** Days in which outbreaks are counted: the first span that holds another one is told. */
const spans = [7, 30] as const
/** The longest of them: older entries need not be read. */
export const recallDays = 30
const mostEarlier = 5

/** What is remembered of the answer of this diagnosis; null when it has none, or nothing of it is remembered. Pure. */
export function recall(now: DiagnosisKept, remembered: readonly HistoryEntry[]): Omit<Past, 'undone'> | null {
  const [answer] = now.findings
  if (now.verdict !== 'diagnosed' || answer === undefined || !answer.failingNow) return null
  const earlier = remembered.filter(({ id, at }) => id !== now.id && at <= now.at)
  const history = historyOfTrouble(answer, now.host, [...earlier, now])
  const { outbreaks } = history
  const relapses = new Map(
    earlier.flatMap((each) =>
      each.kind === 'watched' && each.outcome === 'still-failing' ? [[each.proposal, Date.parse(each.at)]] : [],
    ),
  )
  const within = (days: number): readonly Outbreak[] =>
    outbreaks.filter(({ lastSeen }) => Date.parse(now.at) - lastSeen <= days * dayMs)
  const days = spans.find((each) => within(each).length > 1) ?? spans[0]
  const counted = within(days)
  const lasting = (action: ActionKept) => lastedMs(action, outbreaks, relapses)
  const lastFix = lastFixOf(history, lasting)
  const notHeld = notHeldOf(history, lasting, now.at)
  if (counted.length < 2 && lastFix === null && notHeld === null) return null
  return {
    cause: answer.cause,
    thing: thingOf(answer),
    count: counted.length,
    days,
    earlier: counted
      .slice(0, -1)
      .toReversed()
      .slice(0, mostEarlier)
      .map(({ from }) => new Date(from).toISOString()),
    lastFix,
    notHeld,
  }
}

/** From its end until the trouble was seen again, or until its watch saw that it was back. */
function lastedMs(
  { id, at, outcome }: ActionKept,
  outbreaks: readonly Outbreak[],
  relapses: ReadonlyMap<string, number>,
): number {
  if (outcome !== 'resolved') return 0
  const ended = Date.parse(at)
  const back = outbreaks.find(({ lastSeen }) => lastSeen > ended)?.from ?? Infinity
  return Math.max(0, Math.min(back, relapses.get(id) ?? Infinity) - ended)
}

function lastFixOf({ tries }: TroubleHistory, lasting: (action: ActionKept) => number): LastFix | null {
  const last = tries.findLast(({ outcome }) => outcome === 'resolved')
  if (last === undefined) return null
  const { action, target, host, at } = last
  return { action, target, host, at, lastedMs: lasting(last) }
}

/** A start or restart that came back within a day, twice or more in a row. A reload is no such thing: who edits a file again undoes it. */
function notHeldOf({ tries }: TroubleHistory, lasting: (action: ActionKept) => number, now: string): NotHeld | null {
  const [days] = spans
  const lately = tries.filter(({ at }) => Date.parse(now) - Date.parse(at) <= days * dayMs)
  const last = lately.at(-1)
  if (last === undefined || !/^(?:re)?start-/.test(last.action)) return null
  const { action, target, host } = last
  const same = lately.filter((each) => each.action === action && each.target === target && each.host === host)
  const held = same.findLastIndex((each) => lasting(each) >= dayMs)
  const short = same.slice(held + 1).map(lasting)
  return short.length < 2 ? null : { action, target, host, lastedMs: short.slice(-5), days }
}
