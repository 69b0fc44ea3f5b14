import type { ActionId } from '../../diagnosis/diagnosis.ts'
import { decide, type Decision, type Press, waitMinutes } from './decide.ts'
import { whyNotDiagnose } from './may-diagnose.ts'
import { whyNotMute } from './may-mute.ts'
import { type HostMatch, type People, type Policy, type PolicyHost, riskOf, type Rule } from './policy.ts'
import { commonChannels, fits, type HeldTerms, placeOf, type RuleFor, ruleFor, termsOf } from './rule-for.ts'
import { windowWords } from './window.ts'

/** A press that nobody made yet. */
interface Supposed {
  readonly user: string
  /** User groups in which he is supposed to be. */
  readonly groups: readonly string[]
  readonly host: PolicyHost
  readonly action: ActionId
  /** null: an alert asked. */
  readonly requester: string | null
  readonly at: Date
}

/** What the policy says to it: a verdict, and lines with a short name each. */
interface ExplainedPolicy {
  readonly decision: Decision
  readonly verdict: string
  readonly lines: readonly (readonly [name: string, text: string])[]
}

/** Pressed where a press counts, and with a code where one is asked for: what is said about the rest is the policy's own decision. */
export async function explainPolicy(policy: Policy, supposed: Supposed): Promise<ExplainedPolicy> {
  const { user, groups, host, action, requester, at } = supposed
  const found = ruleFor(policy, host)
  const channel = (found && commonChannels(found.rules)?.[0]) ?? null
  const how = { how: 'click', reason: null, secondFactor: true } as const
  const press: Press = { by: user, at: at.toISOString(), groups, channel, ...how }
  const decision = decide(policy, { host, action, requester, askedAt: null }, [press], at)
  return {
    decision,
    verdict: `${user} presses ${action} on ${host.name}: ${verdictOf(decision)}`,
    lines: [
      ['because', becauseOf(decision)],
      ...(found === null ? [] : linesOf(found, policy, supposed)),
      ['diagnose', await mayAsk(policy, supposed)],
      ['mute', await mayMute(policy, supposed)],
    ],
  }
}

function verdictOf({ kind }: Decision): string {
  if (kind === 'enough') return 'it runs'
  return kind === 'one-more' ? 'another person is asked' : 'refused'
}

function becauseOf(decision: Decision): string {
  return decision.kind === 'enough' ? 'this press is all that is asked for' : decision.because
}

function linesOf(found: RuleFor, policy: Policy, { host, action, at }: Supposed): ExplainedPolicy['lines'] {
  const { rules, unmatched } = found
  const terms = termsOf(found, riskOf(action))
  const channels = rules.flatMap((rule) => (rule.channels === null ? [] : [rule.channels.join(' or ')]))
  const windows = terms.windows.map((each) => each.map(windowWords).join(' or '))
  const frozen = policy.freezes.filter(({ hosts, from, until }) => fits(hosts, host) && from <= +at && +at < until)
  return [
    ['rule', unmatched ? `${placeOf(found, policy)}: the strictest of all rules holds` : ruleWords(rules[0], policy)],
    ['asked for', personsWords(terms)],
    ['approvers', rules.map(({ approvers }) => peopleWords(approvers)).join(', and of: ')],
    ['where', channels.length === 0 ? 'in every channel' : `in ${channels.join(', and in ')}`],
    ['when', windows.length === 0 ? 'at any time' : windows.join(', and ')],
    ['code', rules.some(({ secondFactor }) => secondFactor) ? 'of a second factor at each press' : 'none'],
    ['alone', aloneWords(terms, rules)],
    [
      "others' edits",
      terms.othersEdits === 'refuse' ? 'refused when it would load files that others changed' : 'shown',
    ],
    [
      'freezes',
      frozen.length === 0 ? 'none of the file now; those made in chat are not known here' : frozenWords(frozen),
    ],
    ...(riskOf(action) === 'restart' ? [['limits', limitWords(policy)] as const] : []),
    ['watched', `${Math.max(...rules.map(({ watchSeconds }) => watchSeconds))} s after it helped`],
  ]
}

export function ruleWords({ where, hosts }: Rule, { source }: Policy): string {
  return `${where ?? source}, for ${matchWords(hosts)}`
}

function matchWords({ all, names, groups, labels }: HostMatch): string {
  const parts = [
    ...(names.length > 0 ? [`hosts ${names.join(' or ')}`] : []),
    ...(groups.length > 0 ? [`group ${groups.join(' or ')}`] : []),
    ...Object.entries(labels).map(([label, value]) => `label ${label}=${value}`),
  ]
  if (parts.length > 0) return parts.join(' and ')
  return all ? 'all hosts' : 'no host'
}

export function peopleWords({ users, groups }: People): string {
  const parts = [
    ...(users.length > 0 ? [users.join(', ')] : []),
    ...(groups.length > 0 ? [`members of ${groups.join(', ')}`] : []),
  ]
  return parts.length === 0 ? 'nobody' : parts.join(' and ')
}

export function personsWords({ persons, requester }: Pick<HeldTerms, 'persons' | 'requester'>): string {
  if (persons === 0) return 'nobody may'
  if (persons === 1)
    return requester
      ? 'one person, also who asked for the diagnosis'
      : 'one person other than who asked for the diagnosis'
  return `two different people, ${requester ? 'of whom one may have' : 'neither of whom has'} asked for the diagnosis`
}

function aloneWords({ breakGlass }: HeldTerms, rules: readonly Rule[]): string {
  const channels = rules.flatMap(({ announce }) => (announce === null ? [] : [announce]))
  if (!breakGlass || channels.length < rules.length) return 'never'
  const minutes = Math.max(...rules.map(waitMinutes))
  return `when nobody answered for ${minutes} minutes, with a written reason, announced in ${channels.join(' and ')}`
}

function frozenWords(freezes: Policy['freezes']): string {
  return freezes.map(({ until, because }) => `until ${new Date(until).toISOString()}: ${because}`).join('; ')
}

function limitWords({ limits }: Policy): string {
  const { restartsPerHour, coolDownSeconds, keepHealthy } = limits
  return `${restartsPerHour} in an hour for one target, ${coolDownSeconds} s between two, ${keepHealthy} healthy of a group stay`
}

async function mayAsk(policy: Policy, { user, groups }: Supposed): Promise<string> {
  const channel = policy.diagnose?.channels?.[0] ?? ''
  const memberOf = (asked: readonly string[]) => Promise.resolve(asked.filter((group) => groups.includes(group)))
  const because = await whyNotDiagnose(policy, { userId: user, channel, memberOf })
  const where = policy.diagnose?.channels ? ` in ${policy.diagnose.channels.join(' or ')}` : ''
  return because ?? `${user} may ask for diagnoses${where}`
}

async function mayMute(policy: Policy, { user, groups }: Supposed): Promise<string> {
  const memberOf = (asked: readonly string[]) => Promise.resolve(asked.filter((group) => groups.includes(group)))
  const because = await whyNotMute(policy, { userId: user, memberOf, whyNoMember: () => Promise.resolve(null) })
  return because ?? `${user} may mute alerts, unless Slack says that he is a guest`
}
