import type { ActionId } from '../diagnosis/diagnosis.ts'
import { type Limits, riskOf } from './policy/policy.ts'

/** An action that was begun, by the record. Whatever could have run counts; what the host refused does not. */
export interface PastAction {
  readonly proposal: string
  readonly host: string
  readonly target: string
  readonly action: ActionId
  /** ISO. */
  readonly at: string
  /** How it ended: "resolved"; null: it has not, or nobody knows. */
  readonly outcome: string | null
}

export interface Doing {
  readonly host: string
  readonly target: string
  readonly action: ActionId
}

const HOUR = 3600_000

/** Why this target was acted on too often or too lately, in words with its history; null when it was not. Pure. */
export function whyTooOften(
  limits: Limits,
  { host, target, action }: Doing,
  past: readonly PastAction[],
  now: Date,
): string | null {
  const here = past
    .filter((each) => each.host === host && each.target === target)
    .toSorted((a, b) => (a.at < b.at ? -1 : 1))
  const last = here.at(-1)
  const since = last ? (now.getTime() - Date.parse(last.at)) / 1000 : Infinity
  if (last && since < limits.coolDownSeconds)
    return `the last action on ${target} of ${host} began ${Math.max(0, Math.round(since))} s ago, and ${limits.coolDownSeconds} s must lie between two (${wordsOf(last)})`
  if (riskOf(action) !== 'restart') return null
  const restarts = here.filter(
    (each) => riskOf(each.action) === 'restart' && now.getTime() - Date.parse(each.at) < HOUR,
  )
  if (restarts.length < limits.restartsPerHour) return null
  const history = restarts.slice(-5).map(wordsOf).join('; ')
  return `${target} of ${host} was restarted ${restarts.length} times within the last hour, and ${limits.restartsPerHour} are allowed: ${history}. Restarting does not cure it`
}

/** The same for an offer: null also when the limit will be over before the offer is. Nobody gets a button whose every press would be refused. */
export function whyOutspent(
  limits: Limits,
  doing: Doing,
  past: readonly PastAction[],
  { now, until }: { readonly now: Date; readonly until: Date },
): string | null {
  const because = whyTooOften(limits, doing, past, now)
  return because === null || whyTooOften(limits, doing, past, until) === null ? null : `not now: ${because}`
}

/** How far back actions count, ms. */
export function lookBack({ coolDownSeconds }: Limits): number {
  return Math.max(HOUR, coolDownSeconds * 1000)
}

function wordsOf({ action, at, outcome }: PastAction): string {
  return `${action} at ${at.slice(11, 16)} UTC, ${outcome ?? 'end unknown'}`
}
