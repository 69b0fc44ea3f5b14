import { z } from 'zod'
import { actionIds } from '../diagnosis/action-id.ts'
import type { RedisClient } from '../redis.ts'
import { auditStream } from './redis-copy.ts'

/** How many lines after that time are looked through, and given back, at most. */
const looked = 5000
const mostSteps = 200

/** The lines about these proposals since a time, oldest first, from the copy in Redis: for looking, never for deciding. */
export async function stepsOf(
  client: RedisClient,
  proposals: readonly string[],
  since: string,
): Promise<readonly ShownStep[]> {
  if (proposals.length === 0) return []
  const wanted = new Set(proposals)
  // The ids of a stream begin with the milliseconds at which Redis took them; a clock that is a minute off loses nothing.
  const from = Math.max(0, (Date.parse(since) || 0) - 60_000)
  const entries = await client.xrange(auditStream, `${from}`, '+', 'COUNT', looked)
  return entries
    .flatMap(([, fields]) => fields[fields.indexOf('line') + 1] ?? [])
    .flatMap((line) => stepIn(line) ?? [])
    .filter((step) => wanted.has(step.step === 'turned-away' ? step.about : step.proposal))
    .slice(0, mostSteps)
}

const text = z.string().max(4000)
const about = { proposal: text, host: text, action: z.enum(actionIds), target: text }
const acted = { ...about, argv: z.array(text).max(50).readonly(), by: z.array(text).max(20).readonly() }
const common = { at: z.iso.datetime() }
const press = z.object({ by: text, at: z.iso.datetime(), how: text, reason: text.nullable() })

const shape = z.discriminatedUnion('step', [
  z.object({ ...common, ...acted, step: z.literal('started'), presses: z.array(press).max(20).readonly() }),
  z.object({ ...common, ...acted, step: z.literal('ran'), result: text, exitCode: z.number().nullable() }),
  z.object({ ...common, ...acted, step: z.enum(['ended', 'settled', 'watched']), outcome: text, detail: text }),
  z.object({ ...common, step: z.literal('turned-away'), what: text, about: text, by: text.nullable(), because: text }),
  z.object({ ...common, ...about, step: z.literal('alone'), by: text, reason: text }),
  z.object({ ...common, ...about, step: z.literal('reviewed'), by: text }),
])

/** A line of the record about one proposal, as far as a record of an incident tells it. */
export type ShownStep = Readonly<z.infer<typeof shape>>

/** Null: it is about something else, or none of ours. */
function stepIn(line: string): ShownStep | null {
  try {
    const read = shape.safeParse(JSON.parse(line))
    return read.success ? read.data : null
  } catch {
    return null // a copy that somebody else wrote into
  }
}
