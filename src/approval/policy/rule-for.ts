import type { HostMatch, Policy, PolicyHost, Risk, Rule, Terms, Window } from './policy.ts'

/** What holds for a host. `unmatched`: no rule names it, so the strictest of every rule holds. */
export interface RuleFor {
  /** A person must be an approver of each of them. */
  readonly rules: readonly [Rule, ...Rule[]]
  readonly unmatched: boolean
}

/** The first rule that fits, else all of them together; null when the policy has no rule at all. */
export function ruleFor(policy: Policy, host: PolicyHost): RuleFor | null {
  const fitting = policy.rules.find(({ hosts }) => fits(hosts, host))
  if (fitting) return { rules: [fitting], unmatched: false }
  const [first, ...rest] = policy.rules
  return first ? { rules: [first, ...rest], unmatched: true } : null
}

/** Channels in which a press counts for each of these rules; null: in every one. */
export function commonChannels(rules: readonly Rule[]): readonly string[] | null {
  const lists = rules.flatMap(({ channels }) => (channels === null ? [] : [channels]))
  const [first] = lists
  return first ? first.filter((channel) => lists.every((list) => list.includes(channel))) : null
}

/** Where it stands what holds: "policy.yml:12"; of a host that no rule names the file as a whole. */
export function placeOf({ rules, unmatched }: RuleFor, { source }: Pick<Policy, 'source'>): string {
  return unmatched ? `${source}, of which no rule fits it` : (rules[0].where ?? source)
}

export function fits({ all, names, groups, labels }: HostMatch, host: PolicyHost): boolean {
  const asked = names.length > 0 || groups.length > 0 || Object.keys(labels).length > 0
  if (!asked) return all
  return (
    (names.length === 0 || names.includes(host.name)) &&
    (groups.length === 0 || groups.some((group) => host.groups.includes(group))) &&
    Object.entries(labels).every(([label, value]) => Object.hasOwn(host.labels, label) && host.labels[label] === value)
  )
}

/** The terms of one or several rules together; `windows`: there must be a time of this moment in each of the lists. */
export interface HeldTerms extends Omit<Terms, 'windows'> {
  readonly windows: readonly (readonly Window[])[]
}

/** The strictest of the terms of these rules; on an unmatched host two people, neither of them the requester, for all but a start, and no break-glass. */
export function termsOf({ rules, unmatched }: RuleFor, risk: Risk): HeldTerms {
  const all = rules.map(({ terms }) => terms[risk])
  const strict = unmatched && risk !== 'start'
  const asked = strict || all.some(({ persons }) => persons === 2) ? 2 : 1
  return {
    persons: all.some(({ persons }) => persons === 0) ? 0 : asked,
    requester: !strict && all.every(({ requester }) => requester),
    breakGlass: !unmatched && all.every(({ breakGlass }) => breakGlass),
    windows: all.flatMap(({ windows }) => (windows === null ? [] : [windows])),
    othersEdits: all.some(({ othersEdits }) => othersEdits === 'refuse') ? 'refuse' : 'allow',
  }
}
