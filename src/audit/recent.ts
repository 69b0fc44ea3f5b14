import { z } from 'zod'
import { actionIds } from '../diagnosis/action-id.ts'
import type { RedisClient } from '../redis.ts'
import type { AuditLine } from './record.ts'
import { auditStream } from './redis-copy.ts'

/** How many of the newest lines of all hosts are looked through. */
const looked = 2000

/** The newest lines about a host, newest first, from the copy in Redis. Whoever writes to Redis can change it: it is for looking, never for deciding. */
export async function recentOf(client: RedisClient, host: string, most = 20): Promise<readonly AuditLine[]> {
  const entries = await client.xrevrange(auditStream, '+', '-', 'COUNT', looked)
  return entries
    .flatMap(([, fields]) => fields[fields.indexOf('line') + 1] ?? [])
    .flatMap((text) => lineOf(text) ?? [])
    .filter((line) => isAbout(line, host))
    .slice(0, most)
}

function isAbout(line: AuditLine, host: string): boolean {
  if (line.step === 'turned-away') return line.subject?.host === host
  return 'host' in line && line.host === host
}

const text = z.string().max(2000)
const about = { host: text, action: z.enum(actionIds), target: text }
const acted = { ...about, by: z.array(text).max(10) }
const common = { at: z.iso.datetime() }

/** What is shown of a line; everything else of it is left alone. */
const shape = z.discriminatedUnion('step', [
  z.looseObject({ ...common, ...acted, step: z.literal('started'), presses: z.array(z.looseObject({ how: text })) }),
  z.looseObject({ ...common, ...acted, step: z.literal('ran'), result: text, exitCode: z.number().nullable() }),
  z.looseObject({ ...common, ...acted, step: z.enum(['ended', 'settled', 'watched']), outcome: text, detail: text }),
  z.looseObject({
    ...common,
    step: z.literal('turned-away'),
    what: text,
    subject: z.looseObject(about).nullable(),
    by: text.nullable(),
    because: text,
  }),
  z.looseObject({ ...common, ...about, step: z.literal('alone'), by: text, reason: text }),
  z.looseObject({ ...common, ...about, step: z.literal('reviewed'), by: text }),
])

/** Lines about no host, and what is none of ours, are left out. */
function lineOf(line: string): AuditLine | null {
  try {
    const read = shape.safeParse(JSON.parse(line))
    // The fields that are shown were checked; the rest is as this program wrote it, or not looked at.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    return read.success ? (read.data as unknown as AuditLine) : null
  } catch {
    return null
  }
}
