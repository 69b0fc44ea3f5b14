import { z } from 'zod'
import { channelId } from '../slack-id.ts'
import { mapRuleSchema } from './map-rule.ts'
import { senders } from './sources/index.ts'

export const sourceTypes = ['alertmanager', 'grafana', 'datadog', 'pagerduty', 'generic'] as const
export type SourceType = (typeof sourceTypes)[number]

const sourceName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'must be a short name in small letters: it is the end of the address')

/** One entry of `alerts.sources`. The secret itself never stands in the file. */
export const sourceSchema = z
  .strictObject({
    type: z.enum(sourceTypes),
    auth: z.enum(['bearer', 'basic', 'hmac']).optional(),
    user: z
      .string()
      .min(1)
      .max(200)
      .regex(/^[^:]*$/, 'must not contain a colon')
      .optional(),
    secretVariable: z
      .string()
      .regex(/^[A-Z][A-Z0-9_]*$/, 'must be the name of an environment variable')
      .optional(),
    secretFile: z.string().min(1).optional(),
    perMinute: z.int().min(1).max(100_000).default(60),
    channel: channelId.optional(),
    map: z.array(mapRuleSchema).max(50).readonly().default([]),
  })
  .superRefine(({ type, auth, user, secretVariable, secretFile }, context) => {
    const can = senders[type].auths
    if (auth !== undefined && !can.includes(auth))
      context.addIssue({
        code: 'custom',
        path: ['auth'],
        message: `cannot be ${auth} for ${type}: ${can.join(' or ')}`,
      })
    if (user !== undefined && (auth ?? can[0]) !== 'basic')
      context.addIssue({ code: 'custom', path: ['user'], message: 'is only for auth: basic' })
    if (secretVariable !== undefined && secretFile !== undefined)
      context.addIssue({ code: 'custom', path: ['secretFile'], message: 'and secretVariable exclude each other' })
  })
  .readonly()

export const sourcesSchema = z.record(sourceName, sourceSchema)
export type SourceEntry = z.infer<typeof sourceSchema>
