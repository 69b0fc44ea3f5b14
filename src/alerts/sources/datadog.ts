import { z } from 'zod'
import type { Alert, AlertsRead } from '../alert.ts'
import { cut, id, labelsFrom, whyNot } from '../sender-text.ts'
import type { AlertSender } from '../source.ts'
import { withoutState } from '../without-state.ts'

/**
 * Datadog, Webhooks integration (docs.datadoghq.com/integrations/webhooks) with the payload below, which is ours: Datadog
 * sends whatever template it is given. It cannot sign; the token goes into "Custom Headers".
 *
 *     { "id": "$ALERT_CYCLE_KEY", "title": "$EVENT_TITLE", "transition": "$ALERT_TRANSITION", "priority": "$ALERT_PRIORITY",
 *       "host": "$HOSTNAME", "scope": "$ALERT_SCOPE", "tags": "$TAGS", "date": "$DATE" }
 *
 * A variable that is not set arrives as "null" or as its own name. Tags become labels, "host:web-1" the label host.
 */
export const datadog: AlertSender = {
  auths: ['bearer', 'basic'],
  // Tried again after 5xx only.
  whenTooMany: 503,
  read,
  // $DATE is the time of this event, also of a later one of the same trouble.
  forgetsStart: true,
}

const unset = /^(?:null|none|\$[A-Z_]+)?$/i
const text = (most: number) => cut(most).transform((value) => (unset.test(value.trim()) ? '' : value.trim()))

const schema = z.object({
  id,
  title: text(1000),
  transition: z.string().max(60),
  priority: text(40).catch(''),
  host: text(255).catch(''),
  scope: text(4000).catch(''),
  tags: text(8000).catch(''),
  /** Milliseconds since the epoch, as text. */
  date: z.coerce.number().int().min(0).max(8_640_000_000_000_000),
})

/** Values of $ALERT_TRANSITION by that page; a warning fires as well. */
const transitions: Readonly<Record<string, Alert['status']>> = {
  triggered: 'firing',
  're-triggered': 'firing',
  renotify: 'firing',
  warn: 'firing',
  're-warn': 'firing',
  'no data': 'firing',
  're-no data': 'firing',
  recovered: 'resolved',
  'warn recovered': 'resolved',
  'no data recovered': 'resolved',
}

function read(body: unknown, source: string): AlertsRead {
  const result = schema.safeParse(body)
  if (!result.success) return { ok: false, reason: whyNot(result.error) }
  const { transition, priority, host, scope, tags, date, ...rest } = result.data
  const name = transition.toLowerCase()
  const status = Object.hasOwn(transitions, name) ? transitions[name] : undefined
  // A test of the integration, an event without a monitor.
  if (status === undefined) return { ok: true, alerts: [], left: 0 }
  const labels = labelsFrom([...tagsOf(tags), ...tagsOf(scope), ...(host === '' ? [] : ([['host', host]] as const))])
  const title = withoutState(rest.title).slice(0, 200) || 'alert without a title'
  const startsAt = new Date(date).toISOString()
  return {
    ok: true,
    alerts: [{ source, id: rest.id, title, severity: priority || 'unknown', status, labels, startsAt }],
    left: 0,
  }
}

/** "env:prod, host:web-1,shop": a tag without a colon says nothing that could be mapped. */
function tagsOf(list: string): readonly (readonly [string, string])[] {
  return list.split(',').flatMap((tag) => {
    const [name = '', ...rest] = tag.trim().split(':')
    return rest.length > 0 ? [[name, rest.join(':')] as const] : []
  })
}
