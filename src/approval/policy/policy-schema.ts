import { z } from 'zod'
import { channelId, userGroupId, userId, userOrGroupId } from '../../slack-id.ts'
import { days } from './window.ts'

/** What a person writes in policy.yml, with the defaults that are filled in. */

const word = z.string('must be text').min(1, 'must not be empty')
const yesOrNo = z.boolean('must be true or false')
const oneOrMore = <T extends z.ZodType>(each: T, what: string) =>
  z.array(each, `must be a list of ${what}`).min(1, `must name at least one of ${what}`)

export const peopleSchema = z.strictObject({
  users: z.array(userId, 'must be a list of user ids').default([]),
  groups: z.array(userGroupId, 'must be a list of ids of user groups').default([]),
})

export const hostsSchema = z.strictObject({
  names: oneOrMore(word, 'host names').optional(),
  groups: oneOrMore(word, 'groups of the inventory').optional(),
  labels: z.record(z.string(), word, 'must be a map of labels').optional(),
})
const hosts = z.union(
  [z.literal('all'), hostsSchema],
  'must be all, or a map with names, groups or labels of the inventory',
)

const clock = z
  .string('must be a time of day such as "02:00"')
  .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'must be a time of day such as "02:00"')

export const windowSchema = z.strictObject({
  days: oneOrMore(z.enum(days, `must be one of ${days.join(', ')}`), 'days').default([...days]),
  from: clock,
  to: clock,
  zone: z.string().refine(isZone, 'must be a time zone such as Europe/Berlin').default('UTC'),
})

/** What is asked for before an action runs, where the rule says nothing else. */
const presets = {
  start: { persons: 1, requester: true },
  reload: { persons: 1, requester: false },
  restart: { persons: 2, requester: true },
} as const

const termsSchema = (risk: keyof typeof presets) =>
  z.strictObject({
    persons: z.literal([0, 1, 2], 'must be 0 (nobody may), 1 or 2').default(presets[risk].persons),
    requester: yesOrNo.default(presets[risk].requester),
    breakGlass: yesOrNo.default(false),
    windows: oneOrMore(windowSchema, 'times').optional(),
    othersEdits: z.enum(['allow', 'refuse'], 'must be allow or refuse').default('allow'),
  })

export const startSchema = termsSchema('start')
export const reloadSchema = termsSchema('reload')
export const restartSchema = termsSchema('restart')

export const ruleSchema = z.strictObject({
  hosts,
  approvers: z.array(word, 'must be a list of names of people'),
  start: startSchema.prefault({}),
  reload: reloadSchema.prefault({}),
  restart: restartSchema.prefault({}),
  channels: oneOrMore(channelId, 'channel ids').optional(),
  escalate: z
    .strictObject({
      contacts: z.array(userOrGroupId, 'must be a list of ids').max(5, 'must have 5 entries at most').default([]),
      afterMinutes: z.number('must be a number').min(1, 'must be 1 to 60').max(60, 'must be 1 to 60').default(3),
    })
    .prefault({}),
  announce: channelId.optional(),
  secondFactor: yesOrNo.default(false),
  watchSeconds: z.int('must be a whole number').min(0, 'must be 0 to 3600').max(3600, 'must be 0 to 3600').default(60),
})

const instant = z.iso.datetime({ offset: true, error: 'must be an instant such as 2026-12-20T18:00:00+01:00' })

export const freezeSchema = z.strictObject({
  hosts: hosts.default('all'),
  from: instant.optional(),
  until: instant,
  because: word,
})

export const limitsSchema = z.strictObject({
  restartsPerHour: z.int('must be a whole number').min(0, 'must be 0 to 100').max(100, 'must be 0 to 100').default(3),
  coolDownSeconds: z
    .int('must be a whole number')
    .min(0, 'must be 0 to 86400')
    .max(86_400, 'must be 0 to 86400')
    .default(30),
  keepHealthy: z.int('must be a whole number').min(0, 'must be 0 to 1000').max(1000, 'must be 0 to 1000').default(1),
})

export const diagnoseSchema = z.strictObject({
  people: z.array(word, 'must be a list of names of people').optional(),
  channels: oneOrMore(channelId, 'channel ids').optional(),
})

export const muteSchema = z.strictObject({
  people: z.array(word, 'must be a list of names of people'),
})

export const policySchema = z.strictObject({
  people: z.record(z.string(), peopleSchema, 'must be a map from names to users and groups').default({}),
  diagnose: z
    .union([z.literal('anyone'), diagnoseSchema], 'must be anyone, or a map with people and channels')
    .default('anyone'),
  mute: z.union([z.literal('members'), muteSchema], 'must be members, or a map with people').default('members'),
  rules: z.array(ruleSchema, 'must be a list of rules').default([]),
  freezes: z.array(freezeSchema, 'must be a list of freezes').default([]),
  limits: limitsSchema.prefault({}),
})

export type WrittenPolicy = z.infer<typeof policySchema>
export type WrittenRule = z.infer<typeof ruleSchema>
export type WrittenHosts = z.infer<typeof hosts>

function isZone(zone: string): boolean {
  try {
    return Intl.DateTimeFormat('en-US', { timeZone: zone }).resolvedOptions().timeZone !== ''
  } catch {
    // Node's own list of zones is the authority; RangeError is its no.
    return false
  }
}
