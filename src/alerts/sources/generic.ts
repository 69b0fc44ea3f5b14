import { z } from 'zod'
import type { AlertsRead } from '../alert.ts'
import { cut, id, instant, labels, labelsFrom, mostAlerts, whyNot } from '../sender-text.ts'
import { checkGatemedicSignature } from '../signature.ts'
import type { AlertSender } from '../source.ts'

/**
 * The webhook for anything that has no format of its own here. A body looks like this, or is `{ "alerts": [ ... ] }` of them:
 *
 *     { "id": "mon-4711", "host": "web-1", "title": "5xx above 5 %", "severity": "critical",
 *       "status": "firing", "startsAt": "2026-11-21T03:04:00Z" }
 *
 * `site` may stand instead of `host`, and `labels` (a map of text) instead of both. Text longer than its cap is cut.
 */
export const generic: AlertSender = {
  auths: ['hmac', 'bearer', 'basic'],
  whenTooMany: 429,
  checkSignature: checkGatemedicSignature,
  read,
  anyContentType: true,
  refusesStrangers: true,
}

const one = z
  .object({
    id,
    host: z.string().min(1).max(255).optional(),
    site: z.string().min(1).max(255).optional(),
    labels: labels.optional(),
    title: z.string().min(1).pipe(cut(200)),
    severity: z.string().min(1).pipe(cut(40)).default('unknown'),
    status: z.enum(['firing', 'resolved', 'suppressed']),
    startsAt: instant,
  })
  .refine(
    ({ host, site, labels: given }) => [host, site, given].filter((each) => each !== undefined).length === 1,
    'exactly one of host, site and labels is needed',
  )

const several = z.object({ alerts: z.array(z.unknown()).min(1) })

function read(body: unknown, source: string): AlertsRead {
  const many = several.safeParse(body)
  const list = many.success ? many.data.alerts : [body]
  const alerts = []
  for (const [index, each] of list.slice(0, mostAlerts).entries()) {
    const result = one.safeParse(each)
    if (!result.success)
      return { ok: false, reason: `${many.success ? `alerts.${index}.` : ''}${whyNot(result.error)}` }
    const { host, site, labels: given, ...rest } = result.data
    alerts.push({
      source,
      ...rest,
      labels:
        given ??
        labelsFrom([
          ['host', host],
          ['site', site],
        ]),
    })
  }
  return { ok: true, alerts, left: list.length - alerts.length }
}
