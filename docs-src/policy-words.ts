import type {
  diagnoseSchema,
  freezeSchema,
  hostsSchema,
  limitsSchema,
  muteSchema,
  peopleSchema,
  policySchema,
  restartSchema,
  ruleSchema,
  windowSchema,
} from '../src/approval/policy/policy-schema.ts'

/** One sentence for each key of the policy file; a key that is new or gone is a type error here. */

type Words<S extends { readonly shape: object }, Without extends string = never> = Record<
  Exclude<keyof S['shape'] & string, Without>,
  string
>

export const policyWords = {
  people: 'Sets of people by a name of your own; rules and `diagnose` go by these names.',
  diagnose: '`anyone`, or a map with people and channels. Whoever may diagnose may also freeze.',
  mute: '`members`: whoever may diagnose and is no guest; or a map with people, who must be no guests either. Anybody who may diagnose may end a mute.',
  rules: 'The first that fits a host holds. None at all: nobody may act.',
  freezes: 'Times in which nothing but a start may run.',
  'limits.restartsPerHour': 'Interruptions of one target within an hour; one more is refused with the history.',
  'limits.coolDownSeconds': 'Between two actions on one target.',
  'limits.keepHealthy':
    'Healthy members of a group that must stay when another one is interrupted; one whose health is not known is not healthy.',
} as const satisfies Words<typeof policySchema, 'limits'> & {
  readonly [K in keyof typeof limitsSchema.shape as `limits.${K}`]: string
}

export const peopleWords = {
  users: 'Slack user ids.',
  groups: 'Ids of Slack user groups. Who is in them is asked at every press; one that Slack does not know has nobody.',
} as const satisfies Words<typeof peopleSchema>

export const diagnoseWords = {
  people: 'Names of people; everybody when not set.',
  channels: 'Channel ids; everywhere when not set.',
} as const satisfies Words<typeof diagnoseSchema>

export const muteWords = {
  people: 'Names of people. Empty: nobody may.',
} as const satisfies Words<typeof muteSchema>

type RuleKey = Exclude<keyof typeof ruleSchema.shape, 'start' | 'reload' | 'restart' | 'escalate'>

export const ruleWords = {
  hosts: '`all`, or a map with names, groups or labels.',
  approvers: 'Names of people who may approve there. Empty: nobody may.',
  'escalate.contacts': 'Users or user groups that are asked after the approvers, one after the other.',
  'escalate.afterMinutes': 'How long each of them has.',
  channels: 'Channel ids in which a press counts; everywhere when not set.',
  announce: 'Channel id that hears at once of everybody who goes on alone; needed where `breakGlass` is on.',
  secondFactor: 'A code of the second factor at each press.',
  watchSeconds: 'How long a cured host is watched.',
} as const satisfies Record<RuleKey | 'escalate.contacts' | 'escalate.afterMinutes', string>

export const hostsWords = {
  names: 'One of these hosts.',
  groups: 'In one of these groups.',
  labels: 'With all of these labels.',
} as const satisfies Words<typeof hostsSchema>

export const termsWords = {
  persons: 'Different people who must press; 0: nobody may.',
  requester: 'Whether who asked for the diagnosis may be one of them.',
  breakGlass:
    'When nobody answered in the time of `escalate`, who asked may go on alone with a written reason, once per host and hour.',
  windows: 'Only in one of these times; always when not set.',
  othersEdits: '`refuse`: not when files that others changed would come into force with it.',
} as const satisfies Words<typeof restartSchema>

export const windowWords = {
  days: 'Days on which it begins: Sun, Mon, Tue, Wed, Thu, Fri, Sat.',
  from: 'Time of day, `"22:00"`.',
  to: 'Time of day; one before `from` is on the next day.',
  zone: 'Time zone, `Europe/Berlin`.',
} as const satisfies Words<typeof windowSchema>

export const freezeWords = {
  hosts: '`all`, or a map with names, groups or labels.',
  from: 'Instant, `2026-12-18T18:00:00+01:00`; since ever when not set.',
  until: 'Instant.',
  because: 'Shown to whoever is refused.',
} as const satisfies Words<typeof freezeSchema>
