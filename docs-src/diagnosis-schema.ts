import { z } from 'zod'
import { actionIds } from '../src/diagnosis/action-id.ts'
import type { Diagnosis } from '../src/diagnosis/diagnosis.ts'
import { causeIds } from './cause-ids.ts'

// The published shape of src/diagnosis/diagnosis.ts. The last lines hold the two together.

const causeId = z.enum(causeIds)
const text = z.string()
const instant = z.iso.datetime({ offset: true })
const count = z.int().min(0)

const alike = z.object({ cause: causeId, because: text }).readonly()
const evidence = z.object({ host: text.exactOptional(), probe: text, command: text, text }).readonly()

const subject = z
  .object({
    host: text.exactOptional(),
    master: text.exactOptional(),
    upstream: text.exactOptional(),
    unit: text.exactOptional(),
    file: text.exactOptional(),
    line: z.int().min(1).exactOptional(),
    path: text.exactOptional(),
  })
  .readonly()

const impact = z
  .object({
    count,
    firstSeen: instant.nullable(),
    lastSeen: instant.nullable(),
    sites: z.array(text).readonly(),
    failingShare: z.number().min(0).max(1).nullable(),
    intermittent: z.boolean(),
    perMinute: z.number().min(0).exactOptional(),
    locations: z.array(text).readonly().exactOptional(),
  })
  .readonly()

const action = z
  .object({
    id: z.enum(actionIds),
    target: text,
    host: text.exactOptional(),
    allowed: z.boolean(),
    refused: text.exactOptional(),
  })
  .readonly()

const finding = z
  .object({
    cause: causeId,
    kind: z.enum(['cause', 'symptom', 'latent', 'notice']),
    confidence: z.enum(['confirmed', 'likely', 'possible']),
    summary: text,
    since: instant.nullable(),
    subject,
    failingNow: z.boolean(),
    impact: impact.nullable(),
    evidence: z.array(evidence).readonly(),
    ruledOut: z.array(alike).readonly(),
    openQuestions: z.array(alike).readonly(),
    fix: z
      .object({
        steps: z.array(text).readonly(),
        diff: text.nullable(),
        writtenBy: text.exactOptional(),
        action: action.nullable(),
      })
      .readonly(),
  })
  .readonly()

const probeRun = z
  .object({
    id: text,
    host: text.exactOptional(),
    exitCode: z.int().nullable(),
    ms: z.number().min(0),
    truncated: z.boolean(),
    timedOut: z.boolean(),
    unknown: text.exactOptional(),
  })
  .readonly()

/** What `diagnose --json` and `replay --json` print, one object a line. */
export const diagnosisSchema = z
  .object({
    schema: z.literal(1),
    host: text,
    site: text.exactOptional(),
    verdict: z.enum(['diagnosed', 'healthy', 'undetermined', 'unreachable']),
    headline: text,
    findings: z.array(finding).readonly(),
    backends: z
      .array(z.object({ upstream: text, host: text.nullable(), asked: z.boolean(), because: text }).readonly())
      .readonly()
      .exactOptional(),
    outside: z
      .array(
        z
          .object({ site: text, addresses: z.array(text).readonly(), elsewhere: z.boolean(), answer: text.nullable() })
          .readonly(),
      )
      .readonly()
      .exactOptional(),
    changes: z
      .array(z.object({ at: instant, what: text, secondsBefore: z.number().min(0) }).readonly())
      .readonly()
      .exactOptional(),
    ask: z
      .object({ command: text, why: text, probe: text.nullable(), paste: text.exactOptional() })
      .readonly()
      .exactOptional(),
    pasted: z.object({ command: text, by: text }).readonly().exactOptional(),
    differences: z.array(text).readonly().exactOptional(),
    lastHealthyAt: text.exactOptional(),
    unjudged: z.array(z.object({ cause: causeId, because: text }).readonly()).readonly(),
    unseen: z.array(text).readonly(),
    checked: z.array(text).readonly(),
    collectedAt: instant,
    timezone: z.string().regex(/^[+-]\d{2}:\d{2}$/),
    window: z.object({ from: instant, to: instant }).readonly(),
    reason: z.enum(['dns', 'timeout', 'refused', 'host-key', 'auth', 'jump-host', 'shell']).nullable(),
    unreachable: z.object({ message: text, next: text }).readonly().exactOptional(),
    collection: z
      .object({
        ms: z.number().min(0),
        rounds: count,
        roundTrips: count,
        probes: z.array(probeRun).readonly(),
      })
      .readonly(),
  })
  .readonly() satisfies z.ZodType<Diagnosis>

type Published = z.infer<typeof diagnosisSchema>
type Same<A, B> = [A, B] extends [B, A] ? true : never
/** A type error here: a field was added to the diagnosis and not to the schema, or the other way round. */
export const schemaFitsType: Same<Published, Diagnosis> = true

/** docs/diagnosis.schema.json, JSON Schema 2020-12. Readers must let unknown fields pass: schema 1 can gain some. */
export function diagnosisJsonSchema(): string {
  const { $schema, ...rest } = z.toJSONSchema(diagnosisSchema, { io: 'input' })
  const head = {
    $schema,
    title: 'Gatemedic diagnosis, schema 1',
    description:
      'One object a line from "gatemedic diagnose --json" and "gatemedic replay --json". Fields may be added; none is removed or changes its meaning within schema 1.',
  }
  return `${JSON.stringify({ ...head, ...rest }, null, 2)}\n`
}
