import { z } from 'zod'
import { actionIds } from '../diagnosis/action-id.ts'
import { type CauseId, causes } from '../diagnosis/cause.ts'
import type { FleetMember } from '../fleet/member.ts'

const causeId = z.custom<CauseId>((value) => typeof value === 'string' && Object.hasOwn(causes, value), 'unknown cause')
const text = z.string().max(4000)
const host = z.string().min(1).max(255)
const action = z.enum(actionIds)
const remedy = z.object({
  id: action,
  target: text,
  host: host.exactOptional(),
  allowed: z.boolean(),
  refused: text.exactOptional(),
})
const subject = z.object({
  host: host.exactOptional(),
  upstream: text.exactOptional(),
  unit: text.exactOptional(),
  file: text.exactOptional(),
  line: z.number().exactOptional(),
  path: text.exactOptional(),
})
const finding = z.object({
  cause: causeId,
  kind: z.enum(['cause', 'symptom', 'latent', 'notice']),
  confidence: z.enum(['confirmed', 'likely', 'possible']),
  summary: text,
  failingNow: z.boolean(),
  subject,
  sites: z.array(text).max(20),
  evidence: z.array(z.object({ host: host.exactOptional(), probe: text, command: text, text })).max(10),
  steps: z.array(text).max(20),
  diff: text.nullable(),
  remedy: remedy.nullable(),
})
const instant = z.iso.datetime()
const lasted = z.number().nonnegative()
const past = z.object({
  cause: causeId,
  thing: text.nullable(),
  count: z.int().nonnegative(),
  days: z.int().positive(),
  earlier: z.array(instant).max(20),
  lastFix: z.object({ action, target: text, host, at: instant, lastedMs: lasted }).nullable(),
  notHeld: z.object({ action, target: text, host, lastedMs: z.array(lasted).max(20), days: z.int() }).nullable(),
  undone: z.object({ file: text, askedAt: instant, seenAt: instant, writtenBy: text.nullable() }).nullable(),
})
const member = z.object({
  host,
  past: past.exactOptional(),
  diagnosis: z
    .string()
    .regex(/^[A-Za-z0-9_.:-]{1,128}$/)
    .exactOptional(),
  verdict: z.enum(['diagnosed', 'healthy', 'undetermined', 'unreachable', 'failed']),
  headline: text,
  finding: finding.nullable(),
  next: z.array(text).max(10),
  reason: z.enum(['dns', 'timeout', 'refused', 'host-key', 'auth', 'jump-host', 'shell']).nullable(),
  proposal: z.object({ id: z.string().max(128), host, action, target: text, expiresAt: z.iso.datetime() }).nullable(),
})

/** Throws when it is not what a bot has written. */
export function readMember(json: string): FleetMember {
  return member.parse(JSON.parse(json))
}
