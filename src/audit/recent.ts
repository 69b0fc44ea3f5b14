import { z } from 'zod'
import { actionIds } from '../diagnosis/action-id.ts'
import type { RedisClient } from '../redis.ts'
import { auditStream } from './redis-copy.ts'

/** How many of the newest lines of all hosts are looked through. */
const looked = 2000

/** The newest lines about a host, newest first, from the copy in Redis. Whoever writes to Redis can change it: it is for looking, never for deciding. */
export async function recentOf(client: RedisClient, host: string, most = 20): Promise<readonly ShownLine[]> {
  const entries = await client.xrevrange(auditStream, '+', '-', 'COUNT', looked)
  return entries
    .flatMap(([, fields]) => fields[fields.indexOf('line') + 1] ?? [])
    .flatMap((text) => lineOf(text) ?? [])
    .filter((line) => isAbout(line, host))
    .slice(0, most)
}

function isAbout(line: ShownLine, host: string): boolean {
  return (line.step === 'turned-away' ? line.subject?.host : line.host) === host
}

const text = z.string().max(2000)
const about = { host: text, action: z.enum(actionIds), target: text }
const acted = { ...about, by: z.array(text).max(10).readonly() }
const common = { at: z.iso.datetime() }

/** What is shown of a line; the rest of it is left out. */
const shape = z.discriminatedUnion('step', [
  z.object({ ...common, ...acted, step: z.literal('started'), presses: z.array(z.object({ how: text })).readonly() }),
  z.object({ ...common, ...acted, step: z.literal('ran'), result: text, exitCode: z.number().nullable() }),
  z.object({ ...common, ...acted, step: z.enum(['ended', 'settled', 'watched']), outcome: text, detail: text }),
  z.object({
    ...common,
    step: z.literal('turned-away'),
    what: text,
    subject: z.object(about).nullable(),
    by: text.nullable(),
    because: text,
  }),
  z.object({ ...common, ...about, step: z.literal('alone'), by: text, reason: text }),
  z.object({ ...common, ...about, step: z.literal('reviewed'), by: text }),
])

/** A line of the record as far as it is shown to people. */
export type ShownLine = Readonly<z.infer<typeof shape>>

/** Lines about no host, and what is none of ours, are left out. */
function lineOf(line: string): ShownLine | null {
  try {
    const read = shape.safeParse(JSON.parse(line))
    return read.success ? read.data : null
  } catch {
    return null
  }
}
