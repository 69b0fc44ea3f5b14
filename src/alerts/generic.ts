import { z } from 'zod'
import type { AlertsRead } from './alert.ts'

/**
 * The webhook for anything that has no format of its own here. A body looks like this:
 *
 *     { "id": "mon-4711", "host": "web-1", "title": "5xx above 5 %", "severity": "critical",
 *       "status": "firing", "startsAt": "2026-11-21T03:04:00Z" }
 *
 * `site` may stand instead of `host`. Host and site must be in the inventory. Text longer than its cap is cut.
 */
const cut = (most: number) =>
  z
    .string()
    .min(1)
    .transform((text) => text.slice(0, most))

const schema = z
  .object({
    id: z.string().min(1).max(200),
    host: z.string().min(1).max(255).optional(),
    site: z.string().min(1).max(255).optional(),
    title: cut(200),
    severity: cut(40).default('unknown'),
    status: z.enum(['firing', 'resolved']),
    startsAt: z.iso.datetime({ offset: true }),
  })
  .refine(({ host, site }) => (host === undefined) !== (site === undefined), 'exactly one of host and site is needed')

/** Reads the body of a generic alert. */
export function readGeneric(body: string): AlertsRead {
  const json = parseJson(body)
  if (json === undefined) return { ok: false, reason: 'the body is not JSON' }
  const read = schema.safeParse(json)
  if (!read.success) {
    const [issue] = read.error.issues
    return { ok: false, reason: `${issue?.path.join('.') || 'the body'}: ${issue?.message}` }
  }
  const { host, site, startsAt, ...rest } = read.data
  const labels: Readonly<Record<string, string>> = host === undefined ? { site: site ?? '' } : { host }
  const alert = { source: 'generic', ...rest, labels, startsAt: new Date(startsAt).toISOString() }
  return { ok: true, alerts: [alert], left: 0 }
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}
