import type { ActionId } from '../../diagnosis/diagnosis.ts'
import { type Freeze, type Policy, type PolicyHost, riskOf, type Rule } from './policy.ts'
import { commonChannels, fits, type HeldTerms, placeOf, type RuleFor, ruleFor, termsOf } from './rule-for.ts'
import { isWithin, windowWords } from './window.ts'

/** One press that was signed by the bot: who, when, and how his membership was seen. */
export interface Press {
  /** Slack user id. */
  readonly by: string
  readonly at: string
  /** User groups of the policy that had him as a member when he pressed. */
  readonly groups: readonly string[]
  readonly channel: string | null
  readonly how: 'click' | 'break-glass'
  /** What was written for a break-glass. */
  readonly reason: string | null
  /** A code of his second factor was checked. */
  readonly secondFactor: boolean
}

export interface Wanted {
  readonly host: PolicyHost
  readonly action: ActionId
  /** Who asked for the diagnosis; null: an alert. */
  readonly requester: string | null
  /** When a second person was asked for; null: not yet. */
  readonly askedAt: string | null
}

export type Decision =
  | { readonly kind: 'enough' }
  /** One press of another person is missing; `counts`: the last press is one of those that are needed. */
  | { readonly kind: 'one-more'; readonly counts: boolean; readonly because: string }
  | { readonly kind: 'refused'; readonly because: string }

/**
 * Whether these presses, the last of them new, are enough to act now. Pure; asked by the bot at each press and once more by the worker with
 * its own copy of the policy. Whatever no rule allows is refused, with words for the person.
 */
export function decide(policy: Policy, wanted: Wanted, presses: readonly Press[], now: Date): Decision {
  const last = presses.at(-1)
  const found = ruleFor(policy, wanted.host)
  if (!last || found === null) return refused(nobody(policy))
  const { rules } = found
  const terms = termsOf(found, riskOf(wanted.action))
  const closed = whyNotNow(policy, wanted, terms, now)
  if (closed !== null) return refused(closed)
  const out = whyNotBy(last, wanted.host, found, policy)
  if (out !== null) return refused(out)
  if (last.how === 'break-glass') return alone(last, wanted, terms, rules, now)

  // Whoever lost his right since he pressed counts no more, and keeps nobody else from it.
  const holding = presses.filter(
    (press) => press === last || (press.how === 'click' && whyNotBy(press, wanted.host, found, policy) === null),
  )
  const others = holding.filter(({ by }) => terms.requester || by !== wanted.requester)
  if (!others.includes(last))
    return {
      kind: 'one-more',
      counts: false,
      because: `you asked for this diagnosis, and ${policy.source} wants somebody else to approve it`,
    }
  if (new Set(others.map(({ by }) => by)).size < others.length)
    return refused('you have pressed already; another person must press as well')
  return others.length >= terms.persons
    ? { kind: 'enough' }
    : { kind: 'one-more', counts: true, because: `${policy.source} asks for two people here` }
}

/** Why nobody could approve it at this time, whoever presses; null when somebody could. */
export function whyNobody(policy: Policy, wanted: Pick<Wanted, 'host' | 'action'>, now: Date): string | null {
  const found = ruleFor(policy, wanted.host)
  if (found === null) return nobody(policy)
  if (commonChannels(found.rules)?.length === 0)
    return `no channel counts for all rules that hold for ${wanted.host.name} (${placeOf(found, policy)})`
  if (!couldBeAnybody(found.rules)) return `nobody is an approver for ${wanted.host.name} (${placeOf(found, policy)})`
  return whyNotNow(policy, { ...wanted, requester: null, askedAt: null }, termsOf(found, riskOf(wanted.action)), now)
}

/** A user group may have anybody in it; without one it must be a person whom each rule names. */
function couldBeAnybody(rules: readonly Rule[]): boolean {
  const sets = rules.map(({ approvers }) => approvers)
  const users = sets.flatMap((set) => set.users)
  const open = sets.filter(({ groups }) => groups.length === 0)
  return open.length === 0 || users.some((user) => open.every((set) => set.users.includes(user)))
}

function nobody({ source }: Policy): string {
  return `nobody is configured as approver (${source} names nobody)`
}

function whyNotNow(policy: Policy, { host, action }: Wanted, terms: HeldTerms, now: Date): string | null {
  if (terms.persons === 0) return `${policy.source} forbids ${action} on ${host.name}`
  const shut = terms.windows.find((windows) => !isWithin(windows, now))
  if (shut) return `outside of the times that ${policy.source} allows for it: ${shut.map(windowWords).join(', ')}`
  const freeze = policy.freezes.find(
    ({ hosts, from, until }) => fits(hosts, host) && from <= now.getTime() && now.getTime() < until,
  )
  return freeze && riskOf(action) !== 'start' ? frozenWords(freeze) : null
}

function frozenWords({ until, because }: Freeze): string {
  const end = Number.isFinite(until) ? ` until ${new Date(until).toISOString().slice(0, 16)}Z` : ''
  return `changes are frozen${end}: ${because}`
}

function whyNotBy(
  { by, groups, channel, secondFactor }: Press,
  host: PolicyHost,
  found: RuleFor,
  policy: Policy,
): string | null {
  const { rules } = found
  const isOne = ({ approvers }: Rule): boolean =>
    approvers.users.includes(by) || approvers.groups.some((group) => groups.includes(group))
  if (!rules.every(isOne)) return `you are not an approver for ${host.name} (${placeOf(found, policy)})`
  if (rules.some(({ channels }) => channels !== null && (channel === null || !channels.includes(channel))))
    return `approvals for ${host.name} count only in the channels that ${placeOf(found, policy)} names`
  return rules.some((rule) => rule.secondFactor) && !secondFactor
    ? `${host.name} asks for a code of your second factor`
    : null
}

function alone({ by, reason }: Press, wanted: Wanted, terms: HeldTerms, rules: readonly Rule[], now: Date): Decision {
  if (!terms.breakGlass || rules.some(({ announce }) => announce === null))
    return refused(`going on alone is not allowed for this on ${wanted.host.name}`)
  if (wanted.requester !== null && by !== wanted.requester)
    return refused('only who asked for the diagnosis may go on alone; you may approve')
  const minutes = Math.max(...rules.map(waitMinutes))
  if (wanted.askedAt === null) return refused('ask another person first: press the action itself')
  const since = (now.getTime() - Date.parse(wanted.askedAt)) / 60_000
  // Also when the time cannot be read.
  if (!(since >= minutes))
    return refused(`others have ${minutes} minutes to answer; ${Math.ceil(minutes - since)} are left`)
  return (reason ?? '').trim().length >= MIN_REASON ? { kind: 'enough' } : refused('a written reason is needed')
}

/** The approvers have that long, and then each contact. */
export function waitMinutes({ escalation: { afterMinutes, contacts } }: Rule): number {
  return afterMinutes * (1 + contacts.length)
}

/** Characters; a word or two that somebody can review. */
const MIN_REASON = 10

function refused(because: string): Decision {
  return { kind: 'refused', because }
}
