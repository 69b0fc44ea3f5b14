import type { Asked } from '../proposal.ts'
import type { Rule } from './policy.ts'

/** What is due when nobody has answered yet. */
export type NextStep =
  | { readonly kind: 'wait' }
  /** Tell the contact of this number (from 1). */
  | { readonly kind: 'contact'; readonly nth: number }
  | { readonly kind: 'expire' }

/** The approvers have `afterMinutes` to answer, and then each contact as long; after the last one the offer runs out by itself. Pure. */
export function nextStep({ escalation: { contacts, afterMinutes } }: Rule, asked: Asked, now: Date): NextStep {
  if (now.toISOString() >= asked.until) return { kind: 'expire' }
  const nth = asked.contacted + 1
  const due = Date.parse(asked.at) + nth * afterMinutes * 60_000
  return nth <= contacts.length && now.getTime() >= due ? { kind: 'contact', nth } : { kind: 'wait' }
}

/** Minutes that an offer stays open from each asking on: it must not run out before the next contact is told, or before one may go on alone. */
export function openMinutes({ escalation: { afterMinutes } }: Rule, minutes: number): number {
  return Math.max(minutes, afterMinutes + MARGIN)
}

/** Minutes for who is told last, or goes on alone. */
const MARGIN = 5
