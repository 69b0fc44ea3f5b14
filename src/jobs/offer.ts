import { type PastAction, whyOutspent } from '../approval/limits.ts'
import { whyNotOthersEdits } from '../approval/policy/others-edits.ts'
import { whyNobody } from '../approval/policy/decide.ts'
import type { Policy, PolicyHost } from '../approval/policy/policy.ts'
import type { Proposal } from '../approval/proposal.ts'
import type { Action } from '../actions/action.ts'
import { effectOf } from '../actions/effect.ts'
import { alsoLoadsWords, nothingSeen, type Outlook } from '../actions/outlook.ts'
import { unfit } from '../actions/unfit.ts'
import { hostClock } from '../diagnosis/clock.ts'
import type { ActionId, Diagnosis, Remedy } from '../diagnosis/diagnosis.ts'
import { type Examination, guardKey } from './examination.ts'
import type { DiagnosisRequest } from './request.ts'

/** What decides whether a remedy becomes a button. */
export interface Offer {
  readonly policy: Policy
  readonly hostOf: (name: string) => PolicyHost | null
  /** Names of the hosts of an inventory group. */
  readonly membersOf: (group: string) => readonly string[]
  readonly minutes: number
  readonly actionOf: (id: ActionId) => Action | null
  /** Why this action may not be done on this host by the worker's own inventory, or null when it may. */
  readonly refusalOf: (host: string, action: Action, target: string) => string | null
  /** What was done of late by the worker's record; absent where that cannot be told, and the worker says no at the press. */
  readonly past?: readonly PastAction[]
}

export interface Offered {
  /** The diagnosis, with the reason written into its remedy when there is no button. */
  readonly diagnosis: Diagnosis
  readonly proposal: Proposal | null
}

/** Makes the proposal for the first finding. Only the answer gets a button: a second finding is for people to read. */
export function offerFor(
  request: DiagnosisRequest,
  { diagnosis, guards, outlooks, answers = [] }: Examination,
  offer: Offer,
  { id, now }: { readonly id: string; readonly now: Date },
): Offered {
  const { timezone, collectedAt } = diagnosis
  const [first] = diagnosis.findings
  const remedy = first?.fix.action
  if (!first || !remedy?.allowed) return { diagnosis, proposal: null }

  const action = offer.actionOf(remedy.id)
  const guard = guards.get(guardKey(remedy.id, remedy.target))
  const outlook = outlooks?.get(guardKey(remedy.id, remedy.target)) ?? nothingSeen
  const refusal = whyNot(diagnosis, remedy, action, guard, outlook, offer, now)
  if (!action || !guard || refusal) return { diagnosis: withRefusal(diagnosis, refusal ?? ''), proposal: null }

  const host = remedy.host ?? diagnosis.host
  const proposal: Proposal = {
    id,
    host,
    diagnosed: diagnosis.host,
    action: remedy.id,
    target: remedy.target,
    cause: first.cause,
    summary: first.summary,
    since:
      first.since === null
        ? null
        : { told: hostClock(first.since, timezone, collectedAt), at: new Date(first.since).toISOString() },
    argv: action.argv(remedy.target),
    effect: effectOf(action, remedy.target, outlook, { host, onlyMemberOf: aloneIn(host, offer) }),
    alsoLoads: action.loadsConfig ? outlook.alsoLoads : [],
    answers,
    guard,
    requester: request.requester.kind === 'user' ? request.requester.userId : null,
    threadId: request.threadId,
    diagnosisId: request.id,
    createdAt: now.toISOString(),
    expiresAt: untilOf(offer, now).toISOString(),
    state: { kind: 'proposed' },
  }
  return { diagnosis, proposal }
}

function whyNot(
  diagnosis: Diagnosis,
  remedy: Remedy,
  action: Action | null,
  guard: string | undefined,
  outlook: Outlook,
  offer: Offer,
  now: Date,
): string | null {
  if (diagnosis.verdict !== 'diagnosed' || !diagnosis.findings[0]?.failingNow)
    return 'nothing fails now that it would cure'
  if (!action) return `Gatemedic cannot do ${remedy.id} yet`
  const name = remedy.host ?? diagnosis.host
  const host = offer.hostOf(name)
  if (host === null) return `${name} is not in the inventory`
  const closed = whyNobody(offer.policy, { host, action: remedy.id }, now)
  const refused = closed ?? offer.refusalOf(name, action, remedy.target)
  if (refused) return refused
  const others = action.loadsConfig ? alsoLoadsWords(outlook.alsoLoads) : null
  const unwanted = whyNotOthersEdits(offer.policy, { host, action: remedy.id }, others)
  if (unwanted) return unwanted
  const doing = { host: name, action: remedy.id, target: remedy.target }
  const outspent = whyOutspent(offer.policy.limits, doing, offer.past ?? [], { now, until: untilOf(offer, now) })
  if (outspent) return outspent
  if (!guard) return `the state of ${remedy.target} could not be read, so a change of it would go unnoticed`
  return unfit(action, guard, remedy.target)
}

function untilOf({ minutes }: Offer, now: Date): Date {
  return new Date(now.getTime() + minutes * 60_000)
}

function aloneIn(host: string, { hostOf, membersOf }: Offer): readonly string[] {
  return (hostOf(host)?.groups ?? []).filter((group) => membersOf(group).every((member) => member === host))
}

function withRefusal(diagnosis: Diagnosis, refused: string): Diagnosis {
  const [first, ...rest] = diagnosis.findings
  if (!first?.fix.action) return diagnosis
  const action: Remedy = { ...first.fix.action, allowed: false, refused }
  return { ...diagnosis, findings: [{ ...first, fix: { ...first.fix, action } }, ...rest] }
}
